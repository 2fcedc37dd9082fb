"""`python -m autograder.patches`: write the practice world again."""

from autograder.patches.build import write_practice_world

if __name__ == "__main__":
    world = write_practice_world()
    for path in world.files:
        print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")
