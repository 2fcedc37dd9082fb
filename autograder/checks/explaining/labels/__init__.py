"""What a learner's array of class codes was made of, and how.

`sources` are the labels that it may stem from. It is then one of them with other codes
(`recoded`), at another place or in another size (`moved`), or no table of codes at all (`shapes`).
"""
