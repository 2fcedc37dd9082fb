"""What exercises 7 to 11 say of a learner's own data: figures for "Why?", and a question each."""
