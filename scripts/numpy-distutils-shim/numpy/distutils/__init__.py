"""What is left of numpy.distutils."""
