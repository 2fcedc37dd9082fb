"""Whether exercises are whole: their text, sentences, claims, folds and recordings."""
