#!/bin/sh
# Makes a data folder as a release leaves it behind (tests/golden/folder-SCHEMA.zip, read by tests/faults/released.rs): everything that lies in it, and what that release's own program
# says is in it (`log --json`). What a verb is called differs from release to release; one that is not known yet is passed over.
#
#   tests/golden/make-folder.sh BINARY FOLDER      writes FOLDER/data and FOLDER/log.json, and packs them: FOLDER.zip
set -u
binary=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
mkdir -p "$2"
cd "$2" || exit 1
cp "$here/../fixtures/donglan-2023.txt" donglan-2023.txt
duban() { "$binary" --data data "$@" >/dev/null 2>&1 || echo "passed over: $*"; }
duban import donglan-2023.txt
duban file T1 --period 2023Q1 --percent 30 --progress 已开工
duban file T1 --period 2023Q1 --percent 45.5 --progress '完成过半，“开门红”' --problems 用地未落实 --next 三季度开工
duban file T2 --period 2023Q1 --percent 10 --progress 前期准备
duban quota P1.1 青溪县 1.5 --period 2023Q1
duban quota C1.1 北桥区 2 --period 2023Q1
duban review T1 --period 2023Q1 --accept
duban review T2 --period 2023Q1 --return 请补充开工时间
duban light T2 red 现场未开工 --period 2023Q1
duban chase T2 --period 2023Q1 --note 电话
duban step T1 --add 完成前期审批
duban request T2 extend 审批未完成 --until 2023-12-20
duban view 红灯 --save --light red
duban bulletin 2023Q1 --number '（第1期）' --next 一是抓紧。
duban role add zhang editor --uid 1001
duban undo
"$binary" --data data log --json >log.json
rm -f donglan-2023.txt data/socket
rm -f "../$(basename "$PWD").zip"
zip -qr -X "../$(basename "$PWD").zip" data log.json
