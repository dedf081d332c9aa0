"""Sentences of what flows back: the delta of a neuron, and the paths into a hidden one."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- delta -------------------------------------------------------------------------------
    "delta.output": Text(
        "{delta_name} says how strongly the total error reacts to {net_name}: the two factors "
        "{work} = {result}, multiplied once and kept because {users} {need} them again.",
        "델타 {delta:은} {net_name}의 변화에 총오차가 몇 배로 반응하는지를 뜻하며, {users}에서 "
        "거듭 쓰려고 두 인수를 미리 곱해 둔 {work} = {result}입니다.",
    ),
    "delta.hidden": Text(
        "{delta_name} says how strongly the total error reacts to {net_name}: what reached "
        "{neuron}, times its slope, {work} = {result}, kept because {users} {need} it again.",
        "델타 {delta:은} {net_name}의 변화에 총오차가 몇 배로 반응하는지를 뜻하며, {users}에서 "
        "거듭 쓰려고 모인 영향에 {neuron}의 미분값을 곱해 둔 {work} = {result}입니다.",
    ),
    "delta.collapsed": Text(
        "{delta_name} says how strongly the total error reacts to {net_name}; with this error "
        "function and activation both factors collapse into output − target: {work} = {result}, "
        "kept because {users} {need} it again.",
        "델타 {delta:은} {net_name}의 변화에 총오차가 몇 배로 반응하는지를 뜻하며, 이 손실 "
        "함수에서는 두 인수가 출력 − 목푯값, 곧 {work} = {result}이고 {users}에서 거듭 씁니다.",
    ),
    "delta.collapsed.words": Text("output − target", "출력 − 목푯값"),
    "delta.collapsed.note": Text(
        "The two factors, {work}, make the same number.",
        "두 인수를 곱한 {work}도 같은 값입니다.",
    ),
    "delta.collapsed.lost": Text(
        "The two factors alone are lost here: the output is too close to 0 or 1 for them.",
        "출력이 0이나 1에 너무 가까워 두 인수를 따로 계산할 수 없습니다.",
    ),
    "delta.collapsed.shares": Text(
        "Softmax ties all outputs together, and still this much simpler number is the sum over "
        "its whole matrix.",
        "소프트맥스는 모든 출력을 함께 묶지만, 행렬 전체를 더한 값이 이렇게 간단해집니다.",
    ),
    "delta.shares": Text(
        "{delta_name} says how strongly the total error reacts to {net_name}: softmax passes a "
        "change on to every output, so all of them are added, together {result}; {users} {need} "
        "it again.",
        "델타 {delta:은} {net_name}의 변화에 총오차가 몇 배로 반응하는지를 뜻하며, 소프트맥스는 "
        "변화를 모든 출력에 전하므로 다 더한 값은 {result}이고 {users}에서 거듭 씁니다.",
    ),
    "delta.shares.words": Text(
        "(gap × slope) of every output, added up", "출력마다의 (차이 × 미분값)을 더한 값"
    ),
    "delta.words": Text("{gap} × {slope}", "{gap} × {slope}"),
    "delta.note": Text(
        "Then {gradient} = {delta} × {source_name} = {work} = {result}. Some books carry the "
        "other sign.",
        "이어서 {gradient} = {delta} × {source_name} = {work} = {result}입니다. 부호를 반대로 "
        "정의한 책도 있습니다.",
    ),
    # -- the paths into a hidden neuron ------------------------------------------------------
    "path.rises": Text(
        "Through {output} alone: if {out_name} rises a tiny bit, {net_name} moves {weight} times "
        "as much{weight_way} and {error} {delta} times that{delta_way}, so {error} rises {size} "
        "times as much.",
        "{output} 쪽만 보면, {out_name:이} 아주 조금 커질 때 {net_name:은} {weight_way}그 "
        "{weight}배, {error:은} {delta_way}다시 그 {delta}배로 변하므로 {error:은} {size}배만큼 "
        "커집니다.",
    ),
    "path.falls": Text(
        "Through {output} alone: if {out_name} rises a tiny bit, {net_name} moves {weight} times "
        "as much{weight_way} and {error} {delta} times that{delta_way}, so {error} falls {size} "
        "times as much.",
        "{output} 쪽만 보면, {out_name:이} 아주 조금 커질 때 {net_name:은} {weight_way}그 "
        "{weight}배, {error:은} {delta_way}다시 그 {delta}배로 변하므로 {error:은} {size}배만큼 "
        "작아집니다.",
    ),
    "path.zero": Text(
        "Nothing comes back through {output} now: of the two factors {work} one is 0, so {error} "
        "reacts {size} times.",
        "지금 {output} 쪽에서는 돌아오는 것이 없습니다. {work} 가운데 0이 있어 {error}의 변화는 "
        "{size}배입니다.",
    ),
    "path.words": Text("{delta} × {weight}", "{delta} × {weight}"),
    "paths.one": Text(
        "{neuron} feeds only {to_a}, so there is one effect to pass back: {work_a} = {result}.",
        "{neuron}의 출력은 {to_a} 한 곳으로만 들어가므로 돌아오는 영향도 하나, 곧 "
        "{work_a} = {result}입니다.",
    ),
    "paths.two": Text(
        "{neuron} feeds both {to_a} and {to_b}, so its two effects are added: through {to_a} "
        "{work_a} = {part_a}, through {to_b} {work_b} = {part_b}, together {result}.",
        "{neuron}의 출력은 {to_a:과} {to_b} 두 곳으로 들어가므로 두 경로의 영향을 더하며, {to_a} "
        "쪽은 {work_a} = {part_a}, {to_b} 쪽은 {work_b} = {part_b}, 합은 {result}입니다.",
    ),
    "paths.many": Text(
        "{neuron} feeds {count} neurons, so its {count} effects are added, one for each path: "
        "together {result}.",
        "{neuron}의 출력은 뉴런 {count}개로 들어가므로 경로마다의 영향 {count}개를 모두 더하며, "
        "합은 {result}입니다.",
    ),
    "paths.words": Text(
        "(delta × weight) of every path, added up", "경로마다의 (델타 × 가중치)를 더한 값"
    ),
    "paths.why.question": Text("Why add?", "왜 더할까요?"),
    "paths.why.answer": Text(
        "Along a path multiply, between paths add.",
        "한 경로 안에서는 곱하고, 경로끼리는 더합니다.",
    ),
    "paths.trap.one.simultaneous": Text(
        "{weights} is the old weight.", "갱신하기 전의 {weights}입니다."
    ),
    "paths.trap.many.simultaneous": Text(
        "{weights} are the old weights.", "갱신하기 전의 {weights}입니다."
    ),
    "paths.trap.one.sequential": Text(
        "{weights} is already the new weight: in this network the layers are updated one after "
        "the other.",
        "{weights:은} 이미 갱신된 값입니다. 이 신경망에서는 층을 차례로 갱신합니다.",
    ),
    "paths.trap.many.sequential": Text(
        "{weights} are already the new weights: in this network the layers are updated one after "
        "the other.",
        "{weights:은} 이미 갱신된 값입니다. 이 신경망에서는 층을 차례로 갱신합니다.",
    ),
}
