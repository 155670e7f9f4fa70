# Makes a thumbnail, runs a batch twice, and does the drift check of a pipeline.
set -eu
run() { node_modules/.bin/pikzels-client "$@"; }

run thumbnails from-text "A climber on a summit" --model pkz_4_5 --format 16:9 --save shell.png > answer.txt
test -s shell.png

printf 'prompt\nA week alone in the Arctic\nCooking for a hundred guests\n' > titles.csv
run batch titles.csv --operation titles.fromText --out shell-titles --json 2> progress.txt
run batch titles.csv --operation titles.fromText --out shell-titles --json 2> progress.txt

run drift --published "$PIKZELS_BASE_URL/openapi.json" --format json > drift.json
