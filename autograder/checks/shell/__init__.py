"""What notebooks do beside Python, the same for a learner and while grading."""
