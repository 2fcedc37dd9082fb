"""What a learner sees beside the verdict: card, hints, progress, what `catch_up` gave."""
