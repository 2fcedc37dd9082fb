"""Grade all attacks in one class, and print what each gained."""

import sys

from tests.grading.attacks.all import ATTACKS
from tests.grading.attacks.battle import Battle


def main() -> int:
    """Print the table; the exit status is 1 where an attack did not hold."""
    wanted = sys.argv[1:]
    attacks = [a for a in ATTACKS if not wanted or a.kind in wanted or a.student in wanted]
    battle = Battle(attacks)
    try:
        return report(battle)
    finally:
        battle.close()


def report(battle: Battle) -> int:
    """Print a line for each attack, and what they did to others."""
    # Before anything is printed: the table itself may go to a file that is searched for marks.
    harm = [*battle.harm(), *battle.leaks_in_common()]
    failed = 0
    print(f"{'kind':10}{'attack':34}{'points':>7}  held  outcome")
    for attack in battle.attacks:
        faults = battle.faults(attack)
        failed += bool(faults)
        held = "NO" if faults else "yes"
        points = f"{battle.points(attack):g}"
        print(f"{attack.kind:10}{attack.name:34}{points:>7}  {held:5} {battle.reason(attack)[:90]}")
        print(f"{'':10}{attack.aim}")
        for fault in faults:
            print(f"{'':10}FAULT: {fault}")
    for line in harm:
        print("HARM:", line)
    print(f"{len(battle.attacks)} attacks, {failed} did not hold; harm to others: {len(harm)}")
    return 1 if failed or harm else 0


if __name__ == "__main__":
    sys.exit(main())
