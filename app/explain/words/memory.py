"""Sentences of what optimizers remember, and of gradient clipping."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "memory.velocity": Text(
        "{name} is what momentum remembers of the earlier gradients of {weight}: {result}.",
        "{name:은} 모멘텀이 기억하는 {weight}의 지난 기울기이며, 값은 {result}입니다.",
    ),
    "memory.velocity.new": Text(
        "Momentum keeps a part of what it remembers of {weight} and adds this step's gradient, "
        "so that {name} is {work} = {result}.",
        "모멘텀은 기억해 둔 {weight}의 지난 기울기 일부에 이번 기울기를 더하며, {name:은} {work} = "
        "{result}입니다.",
    ),
    "memory.velocity.words": Text(
        "momentum × remembered gradient + gradient", "모멘텀 × 지난 기울기 + 기울기"
    ),
    "memory.m": Text(
        "{name} is the mean of the earlier gradients of {weight}, recent ones counting most: "
        "{result}.",
        "{name:은} {weight}의 지난 기울기를 최근 것일수록 크게 쳐서 평균 낸 값, 곧 {result}입니다.",
    ),
    "memory.m.new": Text(
        "The mean of the gradients of {weight} forgets a little and takes in the new one, "
        "so that {name} is {work} = {result}.",
        "{weight}의 평균 기울기는 조금 잊고 이번 기울기를 받아들이며, {name:은} {work} = "
        "{result}입니다.",
    ),
    "memory.m.words": Text(
        "share × old mean + (1 − share) × gradient", "비율 × 옛 평균 + (1 − 비율) × 기울기"
    ),
    "memory.v": Text(
        "{name} is the mean of the earlier squared gradients of {weight}, recent ones counting "
        "most: {result}.",
        "{name:은} {weight}의 지난 기울기 제곱을 최근 것일수록 크게 쳐서 평균 낸 값, 곧 "
        "{result}입니다.",
    ),
    "memory.v.new": Text(
        "The mean of the squared gradients of {weight} forgets a little and takes in the new "
        "square, so that {name} is {work} = {result}.",
        "{weight}의 기울기 제곱 평균은 조금 잊고 이번 기울기의 제곱을 받아들이며, {name:은} {work} "
        "= {result}입니다.",
    ),
    "memory.v.words": Text(
        "share × old mean + (1 − share) × squared gradient",
        "비율 × 옛 평균 + (1 − 비율) × 기울기의 제곱",
    ),
    "memory.s.rmsprop": Text(
        "{name} is the mean of the earlier squared gradients of {weight}, recent ones counting "
        "most: {result}.",
        "{name:은} {weight}의 지난 기울기 제곱을 최근 것일수록 크게 쳐서 평균 낸 값, 곧 "
        "{result}입니다.",
    ),
    "memory.s.rmsprop.new": Text(
        "The mean of the squared gradients of {weight} forgets a little and takes in the new "
        "square, so that {name} is {work} = {result}.",
        "{weight}의 기울기 제곱 평균은 조금 잊고 이번 기울기의 제곱을 받아들이며, {name:은} {work} "
        "= {result}입니다.",
    ),
    "memory.s.rmsprop.words": Text(
        "share × old mean + (1 − share) × squared gradient",
        "비율 × 옛 평균 + (1 − 비율) × 기울기의 제곱",
    ),
    "memory.s.adagrad": Text(
        "{name} is the sum of all earlier squared gradients of {weight}: {result}.",
        "{name:은} {weight}의 지난 기울기 제곱을 모두 더한 값, 곧 {result}입니다.",
    ),
    "memory.s.adagrad.new": Text(
        "The sum of the squared gradients of {weight} takes in the new square and never "
        "shrinks, so that {name} is {work} = {result}.",
        "{weight}의 기울기 제곱합은 이번 기울기의 제곱을 더해 커지기만 하며, {name:은} {work} = "
        "{result}입니다.",
    ),
    "memory.s.adagrad.words": Text(
        "old sum + squared gradient", "옛 합 + 기울기의 제곱"
    ),
    "clipping.cut": Text(
        "Clipping: all gradients together have the norm {norm}, more than {limit}, so each is "
        "multiplied by κ = {scale}.",
        "기울기 자르기: 기울기 전체의 노름은 {norm}이고 한계 {limit}보다 크므로, 모든 기울기에 "
        "같은 배수 κ를 곱합니다(κ = {scale}).",
    ),
    "clipping.kept": Text(
        "Clipping: all gradients together have the norm {norm}, which is within {limit}, so "
        "κ = {scale} and nothing is cut.",
        "기울기 자르기: 기울기 전체의 노름은 {norm}이고 한계 {limit} 안에 있으므로, 줄이지 "
        "않습니다(κ = {scale}).",
    ),
}  # fmt: skip
