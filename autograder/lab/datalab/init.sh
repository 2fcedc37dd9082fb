#!/usr/bin/env bash
# One click: set the course up in a service of the SSP Cloud, and have JupyterLab open its start page.
#
#     curl <address of this file> | bash -s -- [VERSION [LANGUAGE]]
#
# VERSION is a branch, tag or commit (main), LANGUAGE of cards and pages is en or fr (en). It asks
# nothing, may be run again and interrupted at any time, and overwrites no work: see `update`. The
# page on what failed is written first, so that it is there however this script ends.
#
# From the environment: COURSE_REPOSITORY; WORKSPACE_DIR, the folder that the platform keeps
# (~/work); JUPYTER_CONFIG_DIR (~/.jupyter).

main() {
    case ${1:-} in -h | --help) echo "Usage: init.sh [VERSION [LANGUAGE]], such as: init.sh main fr" && return ;; esac
    version=${1:-main} language=${2:-en}
    repository=${COURSE_REPOSITORY:-https://github.com/satellite-course/satellite-course}
    shown=$(printf %s "$repository" | sed 's,//[^/@]*@,//,') # what a page may show
    home=$HOME work=$(realpath -ms -- "${WORKSPACE_DIR:-$HOME/work}")
    if [ "$(id -u)" = 0 ]; then as_owner "$@"; fi
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_NAMESPACE
    export GIT_TERMINAL_PROMPT=0 UV_LINK_MODE=copy PIP_NO_INPUT=1
    case $language in en | fr) ;; *) language=en ;; esac

    choose_places
    trap 'fail unfinished' INT TERM HUP
    finish_page unfinished
    say "Satellite course, version $version, in $course"
    case $#,$version in [012],[!-]*) ;; *) fail arguments "$*" ;; esac
    [ -w "$work" ] || fail read-only "$work"
    [ "$base" = "$work" ] || fail disk
    command -v git >/dev/null || fail no-git
    hold_lock || fail busy
    enough_space || fail disk
    fetch || fail "$problem" "$version"
    say "Putting the files in place …"
    (cd "$course" && update) >>"$log" 2>&1 || fail files
    say "Installing the packages …"
    install >>"$log" 2>&1 || fail "$(cd "$course" && packages_or_python)"
    "$course/.venv/bin/python" -c 'import autograder, ipykernel, rasterio' >>"$log" 2>&1 || fail broken
    register_kernels || fail disk
    welcome
    say "Ready after $SECONDS seconds: $course/course/start.ipynb"
}

say() { printf '%s\n' "$*" | tee -a "$log"; }

# As root, such as from another script: begin again as the user whose folder it is.
as_owner() {
    local owner
    owner=$(stat -c %U -- "$work" 2>/dev/null) || return 0
    case $owner in root | UNKNOWN) return 0 ;; esac
    home=$(getent passwd "$owner" | cut -d : -f 6)
    this_script | runuser -u "$owner" -- env HOME="$home" WORKSPACE_DIR="$work" bash -s -- "$@"
    exit
}

# It came through a pipe, and is kept for the next time. (Bash prints here-documents wrongly.)
this_script() {
    declare -f
    echo 'main "$@" </dev/null; exit'
}

# --- Where things lie -----------------------------------------------------------------------------

# The page and our own files lie in the folder that is kept, else in one that can be written.
choose_places() {
    mkdir -p "$work" 2>/dev/null || true
    if ! [ -w "$work" ] && sudo -n true 2>/dev/null; then
        sudo -n mkdir -p "$work" && sudo -n chown "$(id -u):$(id -g)" "$work"
    fi 2>/dev/null
    course=$work/satellite-course base=
    for place in "$work" "$home" "${TMPDIR:-/tmp}"; do
        has_room "$place" && base=$place && break
    done
    own=${base:-/tmp}/.satellite-course page=${base:-/tmp}/satellite-course.ipynb
    mkdir -p "$own"
    log=$own/log.txt
    [ ! -e "$log" ] || mv -f "$log" "$own/log-before.txt"
    : >"$log"
    this_script >"$own/init.sh"
}

has_room() {
    local trial=$1/.satellite-course-trial
    (head -c 200000 /dev/zero >"$trial") 2>/dev/null
    local result=$?
    rm -f "$trial"
    return $result
}

enough_space() {
    [ -e "$course/.venv/.installed" ] && return
    local free
    free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
    say "Free on the disk: $((free / 1024)) MB"
    [ "$free" -gt 1500000 ]
}

hold_lock() {
    command -v flock >/dev/null || return 0
    exec 9>"$own/lock"
    flock -w 120 9
}

# --- Files: nothing of the learner's is overwritten -----------------------------------------------

fetch() {
    say "Fetching the course from $shown …"
    problem=in-the-way
    mkdir -p "$course" && cd "$course" || return
    if ! [ -e .git ]; then # a whole one or none, should this be interrupted
        rm -rf "$own/git"
        { git init --quiet --bare "$own/git" && git -C "$own/git" config core.bare false &&
            mv "$own/git" .git && here remote add origin "$shown"; } >>"$log" 2>&1 || return
    fi
    problem=network
    local depth=()
    here rev-parse -q --verify HEAD >/dev/null && ! [ -e .git/shallow ] || depth=(--depth 1)
    timeout 240 git -c safe.directory='*' -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=30 \
        fetch --quiet --no-tags "${depth[@]}" "$repository" "$version" 2>"$own/said" && return
    sed 's,//[^/@ ]*@,//,g' "$own/said" >>"$log"
    grep -qiE "find remote ref|not our ref|invalid refspec" "$own/said" && problem=version
    return 1
}

here() { git -c safe.directory='*' "$@"; }

# Bring the fetched files into this folder. What the learner has changed since the last time stays
# if it is a notebook, and the new one is put beside it; else it is put beside the new one.
update() {
    local new old short path blob aside target
    new=$(here rev-parse 'FETCH_HEAD^{commit}') short=$(here rev-parse --short=7 FETCH_HEAD) || return
    old=$(here rev-parse -q --verify 'refs/satellite-course/base^{commit}' ||
        here rev-parse -q --verify 'HEAD^{commit}' || here hash-object -t tree /dev/null)
    local -A before=() after=() targets=()
    while IFS=$' \t' read -r -d '' _ _ blob path; do before[$path]=$blob; done < <(here ls-tree -rz "$old")
    while IFS=$' \t' read -r -d '' _ _ blob path; do after[$path]=$blob; done < <(here ls-tree -rz "$new")
    : >"$own/news"
    for path in "${!after[@]}"; do
        blob=${after[$path]} target=$path
        if [ -e "$path" ] || [ -L "$path" ]; then
            [ "$blob" != "${before[$path]:-}" ] || continue
            ! is_as_published "$path" "$blob" || continue
            if ! is_as_published "$path" "${before[$path]:-}"; then
                aside=$(beside "$path" "new $short")
                case $path in
                    *.ipynb) target=$aside && [ ! -e "$aside" ] || continue ;;
                    *) aside=$(beside "$path" "yours before $short") && [ ! -e "$aside" ] &&
                        mv -- "$path" "$aside" || return ;;
                esac
                printf '%s\n' "$aside" >>"$own/news"
            fi
        fi
        targets[$path]=$target
    done
    rm -rf "$own/new" "$own/index"
    GIT_INDEX_FILE=$own/index here read-tree "$new" || return
    [ ${#targets[@]} = 0 ] || printf '%s\0' "${!targets[@]}" |
        GIT_INDEX_FILE=$own/index here checkout-index -z --stdin --prefix="$own/new/" || return
    for path in "${!targets[@]}"; do
        target=${targets[$path]}
        [ -d "$(dirname "$target")" ] || mkdir -p "$(dirname "$target")" || return
        mv -f -- "$own/new/$path" "$target" || return
    done
    for path in "${!before[@]}"; do
        [ -z "${after[$path]:-}" ] && [ -f "$path" ] &&
            is_as_published "$path" "${before[$path]}" && rm -- "$path"
    done
    keep_commits "$old" "$short" || return
    find .git/index.lock -mmin +1 -delete 2>/dev/null # of a run that was killed
    here read-tree "$new" && here update-ref HEAD "$new" &&
        here update-ref refs/satellite-course/base "$new" && rm -rf "$own/new" "$own/index"
}

# Whether a file is a published one, or a notebook with the cells and outputs of that: JupyterLab
# writes its own metadata into each that is opened.
is_as_published() { # the file, the published one's name in git
    [ "$(here hash-object --no-filters -- "$1" 2>/dev/null)" != "$2" ] || return 0
    case $2,$1 in ?*,*.ipynb) ;; *) return 1 ;; esac
    here cat-file blob "$2" 2>/dev/null | python3 -c '
import json, sys
def cells(file):
    return [(c["cell_type"], "".join(c["source"]), c.get("outputs")) for c in json.load(file)["cells"]]
with open(sys.argv[1], "rb") as mine:
    sys.exit(cells(mine) != cells(sys.stdin.buffer))' "$1" 2>/dev/null
}

# The name of a file beside another, which says what it is.
beside() {
    local name=${1##*/}
    case $name in ?*.*) printf '%s' "${1%.*} ($2).${name##*.}" ;; *) printf '%s' "$1 ($2)" ;; esac
}

# Commits of the learner stay on a branch of their own.
keep_commits() {
    local head
    head=$(here rev-parse -q --verify 'HEAD^{commit}') || return 0
    [ "$head" != "$1" ] || return 0
    here branch --force "yours-before-$2" "$head" && printf 'git: yours-before-%s\n' "$2" >>"$own/news"
}

# --- Python ---------------------------------------------------------------------------------------

# A separate environment: the platform's own JupyterLab and its packages stay as they are.
install() {
    cd "$course" || return
    local stamp=.venv/.installed file fresh=1
    [ "$(cat $stamp 2>/dev/null)" = "$(pwd -P)" ] && .venv/bin/python -c '' || fresh=
    for file in pyproject.toml constraints.txt .ci/environment.sh; do
        [ $stamp -nt $file ] || fresh=
    done
    [ -z "$fresh" ] || return 0
    [ -e $stamp ] || rm -rf .venv # half made
    rm -f $stamp
    EXTRAS=rclone,grading timeout 540 sh .ci/environment.sh 9>&-
}

packages_or_python() { [ -z "$(sh .ci/environment.sh obstacle)" ] && echo packages || echo no-python; }

# `python3`, which the notebooks ask for, is the course's for this JupyterLab only; the other name
# is found by VS Code. Progress is kept in our own folder, which outlasts the service.
register_kernels() {
    local folder
    for folder in "$own/jupyter/kernels/python3" "$home/.local/share/jupyter/kernels/satellite-course"; do
        mkdir -p "$folder" && printf '{"argv": [%s, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
 "display_name": "Satellite course", "language": "python", "metadata": {"debugger": true},
 "env": {"COURSE_LANGUAGE": "%s", "JUPYTER_DATA_DIR": %s}}\n' "$(json "$course/.venv/bin/python")" \
            "$language" "$(json "$own/jupyter")" >"$folder/kernel.json" || return
    done
}

# --- The page that JupyterLab opens ---------------------------------------------------------------

fail() {
    trap - INT TERM HUP
    local which=$1 title
    ! grep -qE 'No space left on device|os error 28|Disk quota exceeded' "$log" || which=disk
    if [ "$which" = disk ]; then
        rm -rf "$own/new" "$own/git"
        [ -e "$course/.venv/.installed" ] || rm -rf "$course/.venv"
    fi
    finish_page "$which" "${2:-}"
    say "$title. $page says what to do."
    exit 1
}

# Write the page on what failed, and have it opened.
finish_page() {
    local text again said
    text=$(words "$1" "${2:-}") title=${text%%$'\n'*}
    text="# $text"
    again=$(words again)
    [ ! -e "$course/.venv/.installed" ] || again+=$'\n\n'$(words before)
    said=$(tail -n 30 "$log" | iconv -c -f utf-8 -t utf-8 | tr -d '\000-\010\013-\037')
    write_page "$text"$'\n\n'"$again" \
        "%%bash"$'\n'"bash $(printf %q "$own/init.sh") $(printf '%q ' "$version" "$language")" \
        "${said:+$(words log "$own/log.txt")$'\n\n~~~~\n'$said$'\n~~~~'}"
    open_first "$page"
}

# Open the start page, or first the page on what has changed, if anything has.
welcome() {
    local file lines=
    while IFS= read -r -d '' file; do
        lines+="- [${file##*/}]($(url "${file#"$work/"}"))"$'\n'
    done < <(find "$course" -name .venv -prune -o -name .git -prune -o \
        \( -name '* (new ???????)*' -o -name '* (yours before ???????)*' \) -print0 | sort -z)
    file=$(sed -n 's/^git: \(.*\)/- git: `\1`/p' "$own/news")
    [ -z "$file" ] || lines+=$file$'\n'
    open_first "$course/course/start.ipynb"
    if [ -n "$lines" ]; then
        write_page "# $(words changed)"$'\n\n'"$lines"$'\n'"$(words before)"
        [ ! -s "$own/news" ] || open_first "$page"
    elif [ -n "${JPY_PARENT_PID:-}" ]; then # it was run from the page, which is still open
        write_page "# $(words ready)"
    else
        rm -f "$page"
    fi
}

# A notebook of a text, and further cells: code, then text.
write_page() {
    local cells
    cells="{\"cell_type\": \"markdown\", \"id\": \"text\", \"metadata\": {}, \"source\": $(json "$1")}"
    [ -z "${2:-}" ] || cells+=", {\"cell_type\": \"code\", \"id\": \"again\", \"metadata\": {},
 \"execution_count\": null, \"outputs\": [], \"source\": $(json "$2")}"
    [ -z "${3:-}" ] || cells+=", {\"cell_type\": \"markdown\", \"id\": \"log\", \"metadata\": {}, \"source\": $(json "$3")}"
    printf '{"cells": [%s],\n "metadata": {"kernelspec": {"display_name": "Python 3", "name": "python3",
 "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}\n' "$cells" >"$page.part" &&
        mv -f "$page.part" "$page"
}

# What this server opens and which kernels it knows: a file of our own, read by the user's.
open_first() {
    local folder=${JUPYTER_CONFIG_DIR:-$home/.jupyter} line="load_subconfig('satellite_course.py')"
    local root=$work
    case $1 in "$work"/*) ;; *) root=${1%/*} ;; esac
    if ! mkdir -p "$folder" || ! : >>"$folder/jupyter_server_config.py"; then
        say "$folder cannot be written, so JupyterLab opens as usual: open $1"
        return
    fi
    printf 'import os\n\nc.LabApp.default_url = %s\nc.ServerApp.root_dir = %s\nos.environ["JUPYTER_PATH"] = %s\n' \
        "$(json "/lab/tree/$(url "${1#"$root/"}")")" "$(json "$root")" "$(json "$own/jupyter")" \
        >"$folder/satellite_course.py"
    [ "$root" = "$work" ] ||
        echo "c.FileContentsManager.root_dir = $(json "$root")" >>"$folder/satellite_course.py"
    grep -qxF "$line" "$folder/jupyter_server_config.py" 2>/dev/null ||
        printf '\n%s\n' "$line" >>"$folder/jupyter_server_config.py"
}

json() {
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"} text=${text//$'\t'/ }
    printf '"%s"' "${text//$'\n'/\\n}"
}

url() {
    local LC_ALL=C i char code out=
    for ((i = 0; i < ${#1}; i++)); do
        char=${1:i:1}
        case $char in
            [A-Za-z0-9/._~-]) out+=$char ;;
            *) printf -v code %d "'$char" && printf -v char '%%%02X' $((code & 255)) && out+=$char ;;
        esac
    done
    printf %s "$out"
}

# The first line is a title.
words() {
    local start
    start=$(url "${course#"${page%/*}/"}/course/start.ipynb")
    case $language/$1 in
        en/again) echo "Your files are as you left them. To try again, click the cell below, then press Shift+Enter. It takes up to a minute. When it says \"Ready\", open [the start page]($start)." ;;
        fr/again) echo "Vos fichiers sont tels que vous les avez laissés. Pour réessayer, cliquez sur la cellule ci-dessous, puis tapez Maj+Entrée. Cela prend une minute au plus. Quand elle affiche « Ready », ouvrez [la page de départ]($start)." ;;
        en/before) echo "Go to [the start page of the course]($start)." ;;
        fr/before) echo "Allez à [la page de départ du cours]($start)." ;;
        en/log) echo "**What was said**, also in \`$2\`:" ;;
        fr/log) echo "**Ce qui a été dit**, aussi dans \`$2\` :" ;;
        en/ready) printf '%s\n\n%s\n' "The course is ready" "Go to [the start page]($start)." ;;
        fr/ready) printf '%s\n\n%s\n' "Le cours est prêt" "Allez à [la page de départ]($start)." ;;
    esac
    case $language/$1 in
        en/unfinished) printf '%s\n\n%s\n' "Setting up the course did not finish" "It was stopped before its end, or it is still running." ;;
        fr/unfinished) printf '%s\n\n%s\n' "La préparation du cours ne s’est pas terminée" "Elle a été interrompue, ou elle est encore en cours." ;;
        en/arguments) printf '%s\n\n%s\n' "The link that opened this service is not complete" "Open the course by the link on its page, $shown. This part of the link was not understood: \`$2\`." ;;
        fr/arguments) printf '%s\n\n%s\n' "Le lien qui a ouvert ce service n’est pas complet" "Ouvrez le cours par le lien de sa page, $shown. Cette partie du lien n’a pas été comprise : \`$2\`." ;;
        en/read-only) printf '%s\n\n%s\n' "Nothing can be written in the folder of your work" "The course needs to write in \`$2\`. Delete this service and open the course again. If it says the same, ask for help on the platform." ;;
        fr/read-only) printf '%s\n\n%s\n' "Rien ne peut être écrit dans le dossier de travail" "Le cours doit pouvoir écrire dans \`$2\`. Supprimez ce service et rouvrez le cours. Si le message revient, demandez de l’aide sur la plateforme." ;;
        en/disk) printf '%s\n\n%s\n' "The disk is full" "The course needs 1.5 GB. Delete files that you do not need in the list on the left, and those in the terminal with \`rm -rf ~/work/.Trash-*\`. Or open the course in a new service, with more space under *Persistence*." ;;
        fr/disk) printf '%s\n\n%s\n' "Le disque est plein" "Le cours a besoin de 1,5 Go. Supprimez dans la liste à gauche les fichiers devenus inutiles, et dans le terminal ceux de la corbeille : \`rm -rf ~/work/.Trash-*\`. Ou ouvrez le cours dans un nouveau service, avec plus d’espace sous *Persistence*." ;;
        en/no-git) printf '%s\n\n%s\n' "The program git is missing here" "Open the course in a *Jupyter-python* service, which has it. In a terminal with the right to install: \`sudo apt-get install git\`." ;;
        fr/no-git) printf '%s\n\n%s\n' "Le programme git manque ici" "Ouvrez le cours dans un service *Jupyter-python*, qui l’a. Dans un terminal avec le droit d’installer : \`sudo apt-get install git\`." ;;
        en/no-python) printf '%s\n\n%s\n' "This service has no Python that the course can use" "The course needs Python 3.11 or newer, with venv or uv. Open it in a *Jupyter-python* service of the newest version." ;;
        fr/no-python) printf '%s\n\n%s\n' "Ce service n’a pas de Python utilisable pour le cours" "Le cours demande Python 3.11 ou plus récent, avec venv ou uv. Ouvrez-le dans un service *Jupyter-python* de la dernière version." ;;
        en/busy) printf '%s\n\n%s\n' "The course is being set up already" "Another window or terminal is at it. Wait a minute." ;;
        fr/busy) printf '%s\n\n%s\n' "Le cours est déjà en préparation" "Une autre fenêtre ou un terminal y travaille. Attendez une minute." ;;
        en/in-the-way) printf '%s\n\n%s\n' "Something else lies where the course goes" "Give \`$course\` another name." ;;
        fr/in-the-way) printf '%s\n\n%s\n' "Autre chose se trouve à la place du cours" "Donnez un autre nom à \`$course\`." ;;
        en/network) printf '%s\n\n%s\n' "The course could not be fetched" "The network was cut, or $shown does not answer. Wait a minute." ;;
        fr/network) printf '%s\n\n%s\n' "Le cours n’a pas pu être récupéré" "Le réseau a été coupé, ou $shown ne répond pas. Attendez une minute." ;;
        en/version) printf '%s\n\n%s\n' "The course has no version of that name" "The link asks for \`$2\`. Open the course by the link on its page, $shown." ;;
        fr/version) printf '%s\n\n%s\n' "Le cours n’a pas de version de ce nom" "Le lien demande \`$2\`. Ouvrez le cours par le lien de sa page, $shown." ;;
        en/files) printf '%s\n\n%s\n' "The files of the course could not be put in place" "The last lines below say which one. Give what stands in its place another name." ;;
        fr/files) printf '%s\n\n%s\n' "Les fichiers du cours n’ont pas pu être mis en place" "Les dernières lignes ci-dessous disent lequel. Donnez un autre nom à ce qui se trouve à sa place." ;;
        en/packages) printf '%s\n\n%s\n' "The Python packages of the course could not be installed" "Most often the network was cut. Wait a minute." ;;
        fr/packages) printf '%s\n\n%s\n' "Les paquets Python du cours n’ont pas pu être installés" "Le plus souvent, le réseau a été coupé. Attendez une minute." ;;
        en/broken) printf '%s\n\n%s\n' "The course is installed, but does not start" "Rename the folder \`$course/.venv\`, so that it is installed anew." ;;
        fr/broken) printf '%s\n\n%s\n' "Le cours est installé mais ne démarre pas" "Donnez un autre nom au dossier \`$course/.venv\` : il sera installé à neuf." ;;
        en/changed) printf '%s\n\n%s\n' "The course has a new version" "You have changed some files of the course. Your notebooks stay as they are, and the new ones lie beside them, with *new* in their names: compare, and delete what you do not need. Where something else that you had changed was replaced, your version lies beside it, with *yours* in its name." ;;
        fr/changed) printf '%s\n\n%s\n' "Le cours a une nouvelle version" "Vous avez modifié des fichiers du cours. Vos notebooks restent tels quels, et les nouveaux se trouvent à côté, avec *new* dans leur nom : comparez, et supprimez ce qui ne sert plus. Quand un autre fichier modifié a été remplacé, votre version se trouve à côté, avec *yours* dans son nom." ;;
    esac
}

main "$@" </dev/null; exit
