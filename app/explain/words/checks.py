"""Gradient checks: whether measured and derived agree, and what stands between them if not."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    "check.agrees": Text(
        "Measured and derived agree for all {count} checked parameters; the largest relative "
        "difference is {error}, at {name}.",
        "확인한 매개변수 {count}개 모두에서 수치 미분과 역전파가 일치하며, 가장 큰 상대 차이는 "
        "{error}입니다({name}).",
    ),
    "check.agrees.one": Text(
        "Measured and derived agree for {name}; the relative difference is {error}.",
        "{name}에서 수치 미분과 역전파가 일치하며, 상대 차이는 {error}입니다.",
    ),
    "check.agrees_except_kinks": Text(
        "Measured and derived agree except at {names}: a corner of {neurons} is so near "
        "that the measurement mixes the slopes of both sides.",
        "{names} 말고는 수치 미분과 역전파가 일치합니다. 여기서는 {neurons}의 꺾이는 점에 걸려 "
        "양쪽 미분값이 섞여 측정됩니다.",
    ),
    "check.by_design": Text(
        "{names} differ by design: in sequential order they flow through weights that have "
        "already moved. Computed with the old weights, they agree.",
        "{names}의 차이는 의도된 것입니다. 순차 갱신에서는 이미 갱신된 가중치를 거치기 때문이며, "
        "옛 가중치로 구하면 일치합니다.",
    ),
    "check.disagrees": Text(
        "Measured and derived disagree for {names}: at {name} backpropagation says {analytic}, "
        "the measurement {numeric}.",
        "{names}에서 수치 미분과 역전파가 다릅니다. {name}의 역전파 값은 {analytic}인데 "
        "측정한 값은 {numeric}입니다.",
    ),
    "check.not_finite": Text(
        "{names} cannot be checked: a number on the way is not finite.",
        "도중의 수가 유한하지 않으므로 {names}의 검산은 할 수 없습니다.",
    ),
    "check.parameter.agrees": Text(
        "Measured {numeric}, derived {analytic}: they agree. Nothing but the forward pass was "
        "needed for the measurement.",
        "측정한 값은 {numeric}, 역전파로 구한 값은 {analytic}입니다. 두 값이 일치하며, 측정에는 "
        "순전파만 썼습니다.",
    ),
    "check.parameter.kink": Text(
        "Measured {numeric}, derived {analytic}: the measurement goes across a corner of "
        "{neurons}, so it mixes the slopes of both sides.",
        "측정한 값은 {numeric}, 역전파로 구한 값은 {analytic}입니다. {neurons}의 꺾이는 점을 "
        "지나며 측정해서 양쪽 미분값이 섞였습니다.",
    ),
    "check.parameter.by_design": Text(
        "Measured {numeric}, used {analytic}: different by design, because in sequential order "
        "this delta flows through weights that have already moved.",
        "측정한 값은 {numeric}, 갱신에 쓰는 값은 {analytic}입니다. 순차 갱신에서는 이미 갱신된 "
        "가중치를 거치므로 의도된 차이입니다.",
    ),
    "check.parameter.disagrees": Text(
        "Measured {numeric}, derived {analytic}: they differ, and no corner is near. One of the "
        "two is wrong.",
        "측정한 값은 {numeric}, 역전파로 구한 값은 {analytic}입니다. 가까이에 꺾이는 점이 없는데도 "
        "다르므로 둘 가운데 하나는 틀렸습니다.",
    ),
    "check.parameter.not_finite": Text(
        "This gradient cannot be checked: a number on the way is not finite.",
        "도중의 수가 유한하지 않으므로 이 기울기는 검산할 수 없습니다.",
    ),
}
