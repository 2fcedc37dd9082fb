"""Settings of other programs, each of which breaks something or shows where it is obeyed."""

import json
import os
import sys
from pathlib import Path

NOWHERE = "http://user:secret@127.0.0.1:9"
"""A proxy, or a storage, at which nothing answers."""

PLAIN = {
    **dict.fromkeys(("GDAL_HTTP_PROXY", "GDAL_HTTPS_PROXY"), NOWHERE),
    **dict.fromkeys(("ALL_PROXY", "all_proxy", "FTP_PROXY", "ftp_proxy"), "socks5://127.0.0.1:9"),
    **dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"), NOWHERE),
    **dict.fromkeys(("NO_PROXY", "no_proxy"), "*"),
    "GDAL_HTTP_PROXYUSERPWD": "user:secret",
    "GDAL_HTTP_HEADERS": "Authorization: Basic secret",
    "GDAL_HTTP_USERPWD": "user:secret",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_SKIP": "GTiff",
    "GDAL_HTTP_NETRC": "YES",
    "GDAL_NUM_THREADS": "many",
    "GTIFF_HONOUR_NEGATIVE_SCALEY": "YES",
    "OGR_SKIP": "GeoJSON",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "0.0001",
    "OSR_DEFAULT_AXIS_MAPPING_STRATEGY": "AUTHORITY_COMPLIANT",
    "CPL_DEBUG": "ON",
    "CPL_CURL_VERBOSE": "YES",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".nothing",
    "CPL_TMPDIR": "/proc/nowhere",
    "VSI_CACHE": "TRUE",
    "VSI_CACHE_SIZE": "1",
    "PROJ_NETWORK": "ON",
    "PROJ_DEBUG": "3",
    "AWS_PROFILE": "nobody",
    "AWS_DEFAULT_PROFILE": "nobody",
    "AWS_ENDPOINT_URL": NOWHERE,
    "AWS_ENDPOINT_URL_S3": NOWHERE,
    "AWS_S3_ENDPOINT": "127.0.0.1:9",
    "AWS_VIRTUAL_HOSTING": "TRUE",
    "AWS_HTTPS": "NO",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_USE_DUALSTACK_ENDPOINT": "true",
    "AWS_ACCESS_KEY_ID": "somebody",
    "AWS_SECRET_ACCESS_KEY": "else's",
    "AWS_REGION": "nowhere-1",
    "AWS_ROLE_ARN": "arn:aws:iam::0:role/none",
    "FSSPEC_S3_ENDPOINT_URL": NOWHERE,
    "FSSPEC_S3_ANON": "true",
    "RCLONE_CONFIG": "/proc/nowhere/rclone.conf",
    "RCLONE_ADDR": "127.0.0.1:9",
    "RCLONE_READ_ONLY": "true",
    "RCLONE_VFS_CACHE_MODE": "off",
    "REQUESTS_CA_BUNDLE": "/proc/nowhere/authorities.pem",
    "CURL_CA_BUNDLE": "/proc/nowhere/authorities.pem",
    "SSL_CERT_FILE": "/proc/nowhere/authorities.pem",
    "SSL_CERT_DIR": "/proc/nowhere",
    "SSLKEYLOGFILE": "/proc/nowhere/keys",
    "PYTHONWARNINGS": "error",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONIOENCODING": "ascii",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONSAFEPATH": "1",
    "LC_ALL": "C",
    "LANG": "C",
    "MPLBACKEND": "TkAgg",
    "GEOPANDAS_IO_ENGINE": "fiona",
    "PYOGRIO_USE_ARROW": "1",
    "USE_PYGEOS": "1",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "0"),
    "NUMEXPR_MAX_THREADS": "none",
    "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "nonsense",
    "DASK_DISTRIBUTED__COMM__DEFAULT_SCHEME": "nonsense",
    "DASK_TEMPORARY_DIRECTORY": "/proc/nowhere",
    "NBGRADER_VALIDATING": "1",
    "JUPYTER_PREFER_ENV_PATH": "0",
    "JUPYTER_PLATFORM_DIRS": "1",
}
"""Variables that need no file."""

IN_FOLDERS = (
    *("PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "GDAL_DRIVER_PATH", "PYTHONPATH", "PYTHONSTARTUP"),
    *("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "GDAL_CONFIG_FILE", "NETRC", "DASK_CONFIG"),
    *("MPLCONFIGDIR", "MATPLOTLIBRC", "FSSPEC_CONFIG_DIR", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH"),
    *("JUPYTER_CONFIG_DIR", "IPYTHONDIR", "HOME"),
)
"""Variables that name a file or a folder; `laid_in` makes it."""

AWS_CONFIG = """\
[default]
region = nowhere-1
endpoint_url = http://127.0.0.1:9
s3 =
    addressing_style = virtual
[broken
"""
NBGRADER = """\
c = get_config()
c.CourseDirectory.root = "/proc/nowhere/other"
c.CourseDirectory.db_url = "sqlite:////proc/nowhere/other.db"
c.CourseDirectory.course_id = "other"
"""
DASK = "distributed: {scheduler: {allowed-failures: none}, comm: {require-encryption: true}}\n"
STYLE = "image.origin: lower\ntext.usetex: True\nbackend: TkAgg\n"
OTHER_MODULE = "raise ImportError('this is another module')\n"
KERNEL = {"argv": ["/bin/false"], "display_name": "other", "language": "python"}


def _write(path: Path, content: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return str(path)


def _folder(path: Path) -> str:
    path.mkdir(parents=True, exist_ok=True)
    return str(path)


def laid_in(folder: Path) -> dict[str, str]:
    """All variables, with what they point to in a folder; the home folder is full of files."""
    home = folder / "home"
    named = {
        **{name: _folder(folder / "empty") for name in IN_FOLDERS[:4]},
        "PYTHONPATH": _folder(folder / "modules"),
        "PYTHONSTARTUP": _write(folder / "startup.py", "import sys\ncheck = utils = 'mine'\n"),
        "AWS_CONFIG_FILE": _write(home / ".aws" / "config", AWS_CONFIG),
        "AWS_SHARED_CREDENTIALS_FILE": _write(home / ".aws" / "credentials", "[broken"),
        "GDAL_CONFIG_FILE": _write(
            home / ".gdal" / "gdalrc", f"[configoptions]\nGDAL_SKIP=GTiff\nHTTPS_PROXY={NOWHERE}\n"
        ),
        "NETRC": _write(home / ".netrc", "default login other password secret\n"),
        "DASK_CONFIG": _write(home / ".config" / "dask" / "other.yaml", DASK),
        "MATPLOTLIBRC": _write(home / ".config" / "matplotlib" / "matplotlibrc", STYLE),
        "FSSPEC_CONFIG_DIR": str(home / ".config" / "fsspec"),
        "JUPYTER_PATH": _folder(folder / "jupyter"),
        "JUPYTER_CONFIG_PATH": _folder(home / ".jupyter"),
        "JUPYTER_CONFIG_DIR": _folder(home / ".jupyter"),
        "IPYTHONDIR": _folder(home / ".ipython"),
        "HOME": str(home),
    }
    named["MPLCONFIGDIR"] = str(Path(named["MATPLOTLIBRC"]).parent)
    (home / ".netrc").chmod(0o600)
    for name in ("utils.py", "rasterio.py", "requests.py", "nbgrader.py"):
        _write(folder / "modules" / name, OTHER_MODULE)
    _write(folder / "modules" / "sitecustomize.py", "")
    _write(home / ".config" / "fsspec" / "conf.json", json.dumps({"s3": {"anon": True}}))
    _write(home / ".local" / "share" / "proj" / "proj.db", "no database")
    _write(home / ".jupyter" / "nbgrader_config.py", NBGRADER)
    _write(home / ".jupyter" / "jupyter_server_config.py", "c.ServerApp.root_dir = '/proc/nowhere'")
    for place in (folder / "jupyter", home / ".local" / "share" / "jupyter"):
        _write(place / "kernels" / "python3" / "kernel.json", json.dumps(KERNEL))
    return PLAIN | named


def environment(folder: Path) -> dict[str, str]:
    """Variables for a program that is started among all traps, as a shell would start it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {"PATH": path, **laid_in(folder)}
