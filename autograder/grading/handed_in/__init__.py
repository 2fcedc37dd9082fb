"""What students handed in, read as data from strangers and put into the course's frame."""
