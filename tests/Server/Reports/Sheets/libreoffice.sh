#!/bin/sh
# Opens a workbook with LibreOffice and prints it to a PDF: proof that another program than the one that wrote it takes it.
# It is no part of the test run, since LibreOffice is large and few machines have it (Debian: libreoffice-calc).
#   tests/Server/Reports/Sheets/libreoffice.sh FILE.xlsx [RESULT.pdf]
# The exit code is 0 when there is a PDF, which is kept as RESULT.pdf when that is named.
set -eu

if [ $# -lt 1 ] || [ ! -s "$1" ]; then
    echo "usage: $0 FILE.xlsx [RESULT.pdf], with a FILE.xlsx that exists and is not empty" >&2
    exit 2
fi

if ! command -v soffice > /dev/null; then
    echo "soffice is not installed: install libreoffice-calc, then run this again" >&2
    exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM

# A profile of its own: one that is in use by an open LibreOffice would do nothing, and say nothing.
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf --outdir "$folder" "$1" || true

pdf="$folder/$(basename "${1%.*}").pdf"
if [ ! -s "$pdf" ] || [ "$(head -c 5 "$pdf")" != "%PDF-" ]; then
    echo "$1: LibreOffice made no PDF of it; open the file in LibreOffice to see why" >&2
    exit 1
fi

echo "$1: opened and printed, $(wc -c < "$pdf") bytes of PDF"
if [ $# -ge 2 ]; then
    cp "$pdf" "$2"
fi
