"""What instructors do with results: export, look at an appeal, compare, forget, draft mistakes."""
