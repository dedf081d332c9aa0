"""Short words: for the factors of a formula, the arrows of the strip, and lists."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "label.gap": Text("gap at {neuron}", "{neuron}의 차이"),
    "label.slope": Text("slope at {neuron}", "{neuron}의 미분값"),
    "label.output": Text("output of {neuron}", "{neuron}의 출력"),
    "label.input": Text("input {neuron}", "입력 {neuron}"),
    "label.net": Text("net input of {neuron}", "{neuron}의 가중합"),
    "label.target": Text("target of {neuron}", "{neuron}의 목푯값"),
    "label.error": Text("error of {neuron}", "{neuron}의 오차"),
    "label.total": Text("total error", "총오차"),
    "label.reacting": Text("error", "총오차"),
    "label.batch": Text("batch error", "배치 오차"),
    "label.total_of": Text("total error of example {number}", "샘플 {number}의 총오차"),
    "label.delta": Text("delta of {neuron}", "{neuron}의 델타"),
    "label.weight": Text("weight {name}", "가중치 {name}"),
    "label.new_weight": Text("new weight {name}", "새 가중치 {name}"),
    "label.bias": Text("bias {name}", "편향 {name}"),
    "label.gradient": Text("gradient of {name}", "{name}의 기울기"),
    "label.gradient_of": Text(
        "gradient of {name} for example {number}", "샘플 {number}에 대한 {name}의 기울기"
    ),
    "label.path": Text("path through {neuron}", "{neuron} 쪽 경로"),
    "label.learning_rate": Text("learning rate", "학습률"),
    "label.momentum": Text("momentum", "모멘텀"),
    "label.weight_decay": Text("weight decay", "가중치 감쇠"),
    "label.velocity": Text("remembered gradient of {name}", "{name}의 지난 기울기"),
    "label.m": Text("mean gradient of {name}", "{name}의 평균 기울기"),
    "label.v": Text("mean squared gradient of {name}", "{name}의 기울기 제곱 평균"),
    "label.s": Text("squared gradients of {name}", "{name}의 기울기 제곱"),
    "label.beta1": Text("share of the old mean", "옛 평균의 비율"),
    "label.beta2": Text("share of the old mean of squares", "옛 제곱 평균의 비율"),
    "label.rho": Text("share of the old mean of squares", "옛 제곱 평균의 비율"),
    "label.epsilon": Text("epsilon", "엡실론"),
    "label.count": Text("number of this update", "갱신 횟수"),
    "label.clip_scale": Text("scale of clipping", "기울기 자르기의 배수"),
    "label.gradient_clip_norm": Text("limit of clipping", "기울기 자르기의 한계"),
    "label.one": Text("one", "하나"),
    "paths.label.one": Text("the one path", "하나뿐인 경로"),
    "paths.label.two": Text("both paths", "두 경로의 합"),
    "paths.label.many": Text("all {count} paths", "경로 {count}개의 합"),
    "strip.slope": Text("slope", "접선의 기울기"),
    "strip.gap": Text("gap", "차이"),
    "layer.hidden": Text("hidden", "은닉"),
    "layer.output": Text("output", "출력"),
    "way.same": Text("", ""),
    "way.other": Text(" the other way", "반대 방향으로 "),
    "list.and": Text("{first} and {last}", "{first}, {last}"),
    "users.one": Text("{first}", "{first}"),
    "users.two": Text("{first} and {last}", "{first:과} {last}"),
    "users.many": Text("{first} to {last}", "{first}부터 {last}까지의 가중치"),
    "users.one.layer": Text("{first} and the hidden layer", "{first:과} 은닉층"),
    "users.two.layer": Text("{first}, {last} and the hidden layer", "{first:과} {last}, 은닉층"),
    "users.many.layer": Text(
        "{first} to {last} and the hidden layer", "{first}부터 {last}까지의 가중치, 은닉층"
    ),
    "users.need": Text("need", ""),
    "users.needs": Text("needs", ""),
    "list.numbers": Text(" and ", ", "),
}
