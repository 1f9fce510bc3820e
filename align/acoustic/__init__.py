"""Acoustics: features, denoising, CMN, fMLLR, the acoustic model, networks of its states, and the Viterbi search."""
