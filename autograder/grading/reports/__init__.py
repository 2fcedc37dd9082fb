"""What instructors and learners read afterwards: pages, feedback, the summary."""
