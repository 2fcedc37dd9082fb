"""Simple scripts leave the same files, words and exit codes as bash does; others are left to it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.checks.shell import script
from autograder.checks.shell.command import Place
from autograder.checks.shell.lines import NotSimple

SCRIPTS = [
    # folders
    "mkdir out",
    "mkdir a",
    "mkdir -p a/b/c out/deep",
    "mkdir out a more",
    "mkdir no/where; mkdir out",
    "mkdir -pv 'two words' && rmdir two\\ words",
    "rmdir a",
    "mkdir --parents x/y && cd x && pwd | wc -l && touch here",
    "cd nowhere && touch lost",
    "cd a; cd b; ls; cd ../..; ls",
    'cd "$HOME" && touch athome; cd && ls athome',
    "mkdir -p data/{raw,out/{tif,png}} && ls -R data",
    "mkdir 'data/{raw}' ; mkdir '{a,b}'",
    # removing
    "rm one.txt",
    "rm nothing",
    "rm -f nothing one.txt",
    "rm nothing one.txt two.txt",
    "rm a",
    "rm -r a",
    "rm -rf a nothing *.txt",
    "rm -fr ./a ./one.txt",
    "rm *.tif",
    "rm -v one.txt",
    "rm -rf . .. ",
    "rm -rf ''",
    "rm -rf link && ls a",
    "rm -d empty && ls",
    # copying and moving
    "cp one.txt copy.txt && cat copy.txt",
    "cp one.txt two.txt a && ls a",
    "cp one.txt two.txt copy",
    "cp a other",
    "cp -r a other && ls -R other",
    "cp -r a empty && ls -R empty",
    "cp -a a/. empty && ls -R empty",
    "cp -r a/* empty",
    "cp nothing here",
    "cp nothing one.txt a",
    "cp one.txt one.txt",
    "cp -p one.txt a/ && ls a",
    "cp one.txt nowhere/",
    "cp -n two.txt one.txt; cat one.txt",
    "mv one.txt three.txt && cat three.txt",
    "mv one.txt two.txt && cat two.txt",
    "mv *.txt a && ls a",
    "mv a other && ls other",
    "mv a empty && ls -R empty",
    "mv one.txt a/b",
    "mv nothing here",
    "mv a a/b",
    "mv empty one.txt",
    "mv -f two.txt 'with space.txt'; ls *.txt",
    # showing
    "cat one.txt two.txt",
    "cat nothing one.txt",
    "cat *.txt",
    "cat < one.txt",
    "cat a",
    "ls",
    "ls -a",
    "ls -A empty",
    "ls a/ empty one.txt",
    "ls nothing one.txt",
    "ls -1 *.txt",
    "ls -d a* */",
    "ls -F",
    "ls --color=never -R a",
    "ls -r",
    "ls -S *.txt",
    "ls *.tif",
    "ls [ot]*.t?t",
    "ls '*.txt'",
    "touch new.txt one.txt && cat new.txt one.txt",
    "touch -c never && ls",
    "touch no/where",
    "head -n 1 lines.txt; tail -n 2 lines.txt; head -2 lines.txt",
    "head -n 1 lines.txt one.txt",
    "wc -l < lines.txt",
    "cat lines.txt | head -2 | tail -1",
    "ls | wc -l",
    # words
    "echo hello",
    "echo -n hello",
    r"echo -e 'a\tb\nc'",
    r"echo 'a\tb'",
    r'echo "a\tb \"c\" \\ \$HOME"',
    "echo -x -n",
    "echo   a    b",
    'echo "a    b"',
    'echo $COURSE ${COURSE}s \'$COURSE\' "$COURSE" "$NOTHING."',
    "echo a#b # not this",
    "echo *",
    "echo *.tif",
    "echo {1,2}{a,b} {single} a{,b}",
    "echo ~ | wc -l",
    "echo 'it'\\''s'",
    "echo one \\\n  two",
    "echo ünï; touch ünï.txt; ls ü*",
    "D=out; mkdir -p $D/raw && ls $D",
    'export D=\'a b\' E="$COURSE"\nmkdir "$D"; echo $E >> "$D/$E"; ls; cat a*/s*',
    'D=a F=b; E=$D; echo [$E] "$D$E"',
    "[ -d a ] && echo there; [ -d nothing ] || mkdir nothing; [ ! -f one.txt ] || ls nothing",
    "test -e one.txt && test ! -e nothing && echo both",
    # redirection
    "echo hello > new.txt; echo more >> new.txt; cat new.txt",
    "echo hello >new.txt && cat <new.txt",
    "echo > 'a b.txt' && ls",
    "echo hello > no/where; echo on",
    "ls > list.txt; cat list.txt",
    "ls nothing 2> /dev/null; ls one.txt > /dev/null",
    "ls nothing > all.txt 2>&1 || echo failed; wc -l < all.txt; rm all.txt",
    "cp -r a/. empty; ls empty",
    "ls nothing &> /dev/null || echo failed",
    "ls nothing one.txt 2>/dev/null 1> found.txt; cat found.txt",
    "echo to err >&2",
    "cat one.txt > one.txt; wc -c < one.txt",
    "cat > new.py <<'END'\nx = \"$HOME\"\n  y = `1`\nEND\ncat new.py",
    "cat <<END > new.py\nx = 1\nEND\ncat new.py; echo after",
    "cat <<A; cat <<B\n1\nA\n2\nB",
    # what follows what
    "true && echo yes || echo no",
    "false && echo yes || echo no",
    "false; echo on",
    "false\n\n# a line\necho on;",
    "mkdir out &&\n  cd out &&\n  touch inside; cd ..; ls out",
    "ls |\n  wc -l",
    "set -e\necho one\nfalse\necho two",
    "set -euo pipefail; false || echo fine; rm nothing; echo never",
    "false",
    "",
    "# nothing",
]

STRUCTURES = [
    *("for f in *; do echo $f; done", "if true; then echo yes; fi", "echo $(pwd)", "echo `pwd`"),
    *("while false; do true; done", "(cd a; ls)", "ls &", "echo $((1 + 1))", "{ ls; }"),
    *(
        "cat <(ls)",
        "echo ${COURSE:-none}",
        "echo 'open",
        "echo a | ",
        "&& echo b",
        "ls >",
        "! true",
    ),
    *("cat <<END\n$COURSE\nEND", "cat <<END\nno end", "echo $?", "f() { ls; }", "[[ -d a ]]"),
]

OTHERS = [
    *("gdalinfo a.tif", "ls --group-directories-first", "cp -u one.txt two.txt", "rm -i one.txt"),
    *(
        "mkdir",
        "cat -n one.txt",
        "head -c 3 one.txt",
        "tail -n +2 lines.txt",
        "[ 1 = 2 ]",
        "sleep 0",
    ),
    *("/bin/ls", "./run.sh", "python run.py", "ls -Z", "touch -d yesterday one.txt", "cp one.txt"),
]


def fill(folder: Path) -> None:
    """A folder with something in it."""
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "deep.txt").write_text("deep\n")
    (folder / "empty").mkdir()
    (folder / "one.txt").write_text("one\n")
    (folder / "two.txt").write_text("two, and more\n")
    (folder / "lines.txt").write_text("first\nsecond\nthird\nlast")
    (folder / ".hidden").write_text("hidden\n")
    (folder / "link").symlink_to("a")


def content(folder: Path) -> dict[str, bytes | str | None]:
    """Everything in a folder."""

    def of(path: Path) -> bytes | str | None:
        if path.is_symlink():
            return os.readlink(path)
        return path.read_bytes() if path.is_file() else None

    return {str(path.relative_to(folder)): of(path) for path in folder.rglob("*")}


def never(words: Sequence[str], place: Place) -> int:
    """Does nothing: all commands are simple ones."""
    raise AssertionError(words)


@pytest.mark.parametrize("text", SCRIPTS)
def test_it_is_as_in_bash(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both run in a folder of the same name, one after the other."""
    folder = tmp_path / "work"
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("COURSE", "satellite")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    folder.mkdir()
    fill(folder)
    real = subprocess.run(["bash", "-c", text], cwd=folder, capture_output=True, check=False)
    expected = content(folder)
    folder.rename(tmp_path / "done")

    folder.mkdir()
    fill(folder)
    place = Place(folder)
    code = script.run(script.read(text, folder), place, never)
    assert place.out.decode() == real.stdout.decode()
    assert content(folder) == expected
    assert bool(code) == bool(real.returncode)
    assert bool(place.err) == bool(real.stderr)


@pytest.mark.parametrize("text", STRUCTURES)
def test_structures_are_left_to_a_shell(text: str, tmp_path: Path) -> None:
    with pytest.raises(NotSimple):
        script.read(text, tmp_path)


@pytest.mark.parametrize("text", OTHERS)
def test_programs_and_rare_options_are_left_to_others(text: str, tmp_path: Path) -> None:
    fill(tmp_path)
    before = content(tmp_path)
    (command,) = script.read(text, tmp_path)
    asked: list[Sequence[str]] = []
    assert not script.is_simple(command.words)

    def other(words: Sequence[str], _: object) -> int:
        asked.append(words)
        return 7

    assert script.run([command], Place(tmp_path), other) == 7
    assert asked == [text.split()]
    assert content(tmp_path) == before


def test_the_home_folder_and_the_whole_disk_are_not_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    place = Place(tmp_path)
    commands = script.read("rm -rf / ; rm -rf /. ; rm -rf .; rm -rf a/..", tmp_path)
    assert script.run(commands, place, never) == 1
    assert (tmp_path / "one.txt").exists()
    assert place.err.count(b"not removed") == 4
