"""The bundled example: a short event, made for this project, and its page. See README.md."""
