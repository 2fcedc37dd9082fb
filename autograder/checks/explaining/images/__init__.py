"""What a learner did to make a picture of a patch's bands, told from the array alone.

The search goes in steps: how the array lies on the patch and which band stands in each of its
channels (`bands`), then what was done to the numbers (`scaling`), then the words (`told`).
"""
