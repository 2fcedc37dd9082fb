"""What a learner did to compute an index of two bands, told from the array alone."""
