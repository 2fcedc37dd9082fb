"""What instructors and learners read: report pages, feedback, the summary in the terminal."""
