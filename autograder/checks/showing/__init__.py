"""What a learner sees: cards (also in graded notebooks), hints, progress, `catch_up`'s gifts."""
