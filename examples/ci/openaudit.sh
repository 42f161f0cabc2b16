#!/bin/sh
# Scan a tree, keep the reports, say what the exit code means, and pass it on.
#
#   openaudit.sh [PATH [OPTION OF openaudit scan]...]
#
# OPENAUDIT_POLICY is a preset or a policy file (commercial unless set), OPENAUDIT_REPORTS the
# directory of the reports; git should ignore it, so that the next scan does too.
set -eu

path=${1:-.}
if [ "$#" -gt 0 ]; then shift; fi
reports=${OPENAUDIT_REPORTS:-openaudit-reports}
mkdir -p "$reports"

code=0
openaudit scan --policy="${OPENAUDIT_POLICY:-commercial}" \
    -o sarif="$reports/openaudit.sarif" \
    -o junit="$reports/openaudit.xml" \
    -o json="$reports/openaudit.json" \
    "$@" -- "$path" || code=$?

case $code in
    0) say="the policy holds" ;;
    1) say="the policy is broken: see $reports" ;;
    2) say="the call, the policy or the settings are wrong" ;;
    3) say="a release could not be audited: not found, or no network" ;;
    4) say="nothing breaks the policy, but evidence it needs is missing" ;;
    *) say="openaudit failed; this says nothing about the models" ;;
esac
echo "openaudit: $say (exit code $code)" >&2
exit "$code"
