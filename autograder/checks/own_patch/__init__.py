"""Another patch than the course's own: what a learner opened, and what is right on it."""
