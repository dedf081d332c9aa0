"""Sentences of the factors of the chain rule: the gap, the slope, what a weight is multiplied by.

Every derivative speaks in the same frame: if this rises a tiny bit, that moves so many times
as much.
"""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- dE/dout of an output neuron ---------------------------------------------------------
    "gap.half_squared_error.rises": Text(
        "If {out_name} rises a tiny bit, the total error rises {size} times as much; with this "
        "error function that is exactly how far the output lies above its target, {work}.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 커지며, 이 배수는 출력이 "
        "목푯값보다 큰 정도({work})와 같습니다.",
    ),
    "gap.half_squared_error.falls": Text(
        "If {out_name} rises a tiny bit, the total error falls {size} times as much; the output "
        "lies below its target.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 작아지며, 출력이 "
        "목푯값보다 작다는 뜻입니다.",
    ),
    "gap.squared.rises": Text(
        "If {out_name} rises a tiny bit, the total error rises {size} times as much; with this "
        "error function that is twice how far the output lies above its target.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 커지며, 이 배수는 출력이 "
        "목푯값보다 큰 정도의 두 배입니다.",
    ),
    "gap.squared.falls": Text(
        "If {out_name} rises a tiny bit, the total error falls {size} times as much; with this "
        "error function that is twice how far the output lies below its target.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 작아지며, 이 배수는 "
        "출력이 목푯값보다 작은 정도의 두 배입니다.",
    ),
    "gap.mean_squared_error.rises": Text(
        "If {out_name} rises a tiny bit, the total error rises {size} times as much; that is twice "
        "how far the output lies above its target, divided by the {count} outputs.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 커지며, 이 배수는 출력이 "
        "목푯값보다 큰 정도의 두 배를 출력 {count}개로 나눈 값입니다.",
    ),
    "gap.mean_squared_error.falls": Text(
        "If {out_name} rises a tiny bit, the total error falls {size} times as much; that is twice "
        "how far the output lies below its target, divided by the {count} outputs.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 작아지며, 이 배수는 출력이 "
        "목푯값보다 작은 정도의 두 배를 출력 {count}개로 나눈 값입니다.",
    ),
    **{
        f"gap.{loss}.{way}": Text(
            f"If {{out_name}} rises a tiny bit, the total error {way} {{size}} times as much; "
            f"{because_en}.",
            "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 "
            f"{'커' if way == 'rises' else '작아'}지며, {because_ko}.",
        )
        for loss, because_en, because_ko in (
            (
                "mean_absolute_error",
                "with this error function the pull is the same however far the target is",
                "이 손실 함수에서는 목푯값이 멀든 가깝든 배수가 같습니다",
            ),
            (
                "huber",
                "with this error function the gap counts in full up to 1 and no more beyond",
                "이 손실 함수에서는 차이가 1을 넘으면 배수가 더 커지지 않습니다",
            ),
            (
                "binary_cross_entropy",
                "the surer the output is of the wrong answer, the more",
                "출력이 틀린 답을 확신할수록 배수가 커집니다",
            ),
            (
                "cross_entropy",
                "the smaller the share of a right class, the more",
                "정답 클래스의 몫이 작을수록 배수가 커집니다",
            ),
        )
        for way in ("rises", "falls")
    },
    "gap.other.rises": Text(
        "If {out_name} rises a tiny bit, the total error rises {size} times as much.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "gap.other.falls": Text(
        "If {out_name} rises a tiny bit, the total error falls {size} times as much.",
        "{out_name:이} 아주 조금 커지면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "gap.zero": Text(
        "{out_name} sits where the total error does not react to it: this factor is {size}, so "
        "nothing gets through.",
        "{out_name:이} 아주 조금 변해도 총오차는 반응하지 않으며, 이 인수의 값은 {size}이므로 "
        "변화가 전해지지 않습니다.",
    ),
    "gap.words.half_squared_error": Text("output − target", "출력 − 목푯값"),
    "gap.words.squared": Text("2 × (output − target)", "2 × (출력 − 목푯값)"),
    "gap.words.mean_squared_error": Text(
        "2 × (output − target), divided by the number of outputs",
        "2 × (출력 − 목푯값)을 출력의 개수로 나눈 값",
    ),
    "gap.words.mean_absolute_error": Text(
        "the sign of (output − target), divided by the number of outputs",
        "(출력 − 목푯값)의 부호를 출력의 개수로 나눈 값",
    ),
    "gap.words.huber": Text(
        "output − target, at most 1 either way, divided by the number of outputs",
        "크기를 1까지만 세는 (출력 − 목푯값)을 출력의 개수로 나눈 값",
    ),
    "gap.words.binary_cross_entropy": Text(
        "(output − target), divided by output × (1 − output)",
        "(출력 − 목푯값)을 출력 × (1 − 출력)으로 나눈 값",
    ),
    "gap.words.cross_entropy": Text("minus target / output", "목푯값 / 출력의 부호를 바꾼 값"),
    "gap.words.other": Text("the derivative of the error function", "손실 함수의 미분값"),
    "gap.one.why.question": Text("Why is {other} gone?", "{other:은} 왜 사라졌을까요?"),
    "gap.one.why.answer": Text(
        "It does not contain {out_name}.", "{other}에는 {out_name:이} 없으므로 미분하면 0입니다."
    ),
    "gap.many.why.question": Text(
        "Why are the other errors gone?", "다른 출력의 오차는 왜 사라졌을까요?"
    ),
    "gap.many.why.answer": Text(
        "They do not contain {out_name}.", "{out_name:이} 들어 있지 않으므로 미분하면 0입니다."
    ),
    # -- dout/dnet ---------------------------------------------------------------------------
    "slope.sigmoid": Text(
        "At this point of its curve the sigmoid passes on only part of a change: if {net_name} "
        "moves a tiny bit, {out_name} moves {result} times as much (never more than 0.25).",
        "시그모이드 곡선의 지금 위치에서는 변화가 일부만 전해져, {net_name:이} 아주 조금 변하면 "
        "{out_name:은} 그 변화의 {result}배만큼만 변합니다(최대 0.25배).",
    ),
    "slope.tanh": Text(
        "At this point of its curve tanh passes on only part of a change: if {net_name} moves a "
        "tiny bit, {out_name} moves {result} times as much (never more than 1).",
        "쌍곡탄젠트 곡선의 지금 위치에서는 변화가 일부만 전해져, {net_name:이} 아주 조금 변하면 "
        "{out_name:은} 그 변화의 {result}배만큼만 변합니다(최대 1배).",
    ),
    "slope.relu": Text(
        "The sum is positive, so ReLU passes a change on in full: if {net_name} moves a tiny bit, "
        "{out_name} moves {result} times as much.",
        "가중합이 양수이면 렐루 함수는 변화를 그대로 전해, {net_name:이} 아주 조금 변하면 "
        "{out_name:은} 그 변화의 {result}배만큼 변합니다.",
    ),
    "slope.linear": Text(
        "A linear neuron passes a change on in full: if {net_name} moves a tiny bit, {out_name} "
        "moves {result} times as much.",
        "선형 뉴런은 변화를 그대로 전해, {net_name:이} 아주 조금 변하면 {out_name:은} 그 변화의 "
        "{result}배만큼 변합니다.",
    ),
    "slope.full": Text(
        "The sum is positive, so a change is passed on in full: if {net_name} moves a tiny bit, "
        "{out_name} moves {result} times as much.",
        "가중합이 양수이면 변화를 그대로 전해, {net_name:이} 아주 조금 변하면 {out_name:은} 그 "
        "변화의 {result}배만큼 변합니다.",
    ),
    "slope.share.own": Text(
        "If {net_name} rises a tiny bit, {neuron}'s share {out_name} rises {size} times as much.",
        "{net_name:이} 아주 조금 커지면 {neuron}의 몫 {out_name:은} 그 변화의 {size}배만큼 "
        "커집니다.",
    ),
    "slope.share.other": Text(
        "If {net_name} rises a tiny bit, {neuron}'s share {out_name} falls {size} times as much: "
        "what one output gains, the others give up.",
        "{net_name:이} 아주 조금 커지면 {neuron}의 몫 {out_name:은} 그 변화의 {size}배만큼 "
        "작아집니다. 한 출력이 얻는 만큼 다른 출력이 내놓습니다.",
    ),
    "slope.share.zero": Text(
        "{out_name} does not react to {net_name} now: this factor is {size}, so nothing gets "
        "through to {neuron}.",
        "지금 {out_name:은} {net_name}의 변화에 반응하지 않으며, 이 인수의 값은 {size}이므로 "
        "{neuron:으로}는 변화가 전해지지 않습니다.",
    ),
    "slope.share.own.words": Text("share × (1 − share)", "몫 × (1 − 몫)"),
    "slope.share.other.words": Text(
        "minus one share × the other", "한 몫 × 다른 몫에서 부호만 바꾼 값"
    ),
    "slope.share.note": Text(
        "With softmax every output depends on every sum, so these factors form a matrix.",
        "소프트맥스에서는 모든 출력이 모든 가중합에 따라 변하므로 이 인수들은 행렬을 이룹니다.",
    ),
    "jacobian": Text(
        "The {count} × {count} slopes of softmax at this example: down each column, how every "
        "output reacts to one net input. The slopes of a column add up to 0.",
        "이 샘플에서 소프트맥스의 미분값 {count} × {count}개입니다. 열마다 한 가중합에 대한 모든 "
        "출력의 반응이 있고, 한 열의 값을 모두 더하면 0입니다.",
    ),
    "slope.other": Text(
        "At this point of its curve: if {net_name} moves a tiny bit, {out_name} moves {result} "
        "times as much.",
        "곡선의 지금 위치에서 {net_name:이} 아주 조금 변하면 {out_name:은} 그 변화의 "
        "{result}배만큼 변합니다.",
    ),
    "slope.zero": Text(
        "The curve is flat here: this factor is {result}, so nothing gets through {neuron} now.",
        "지금 위치에서는 곡선이 평평해 이 인수의 값이 {result}이므로, {neuron:을} 거쳐서는 변화가 "
        "전해지지 않습니다.",
    ),
    "slope.saturated": Text(
        "The curve is almost flat here, {neuron} is saturated: if {net_name} moves a tiny bit, "
        "{out_name} moves only {result} times as much.",
        "지금 위치에서는 곡선이 거의 평평해({neuron}의 포화), {net_name:이} 아주 조금 변하면 "
        "{out_name:은} 그 변화의 {result}배만큼만 변합니다.",
    ),
    "slope.words": Text("slope of the curve at {neuron}", "{neuron}에서 접선의 기울기"),
    "slope.trap.output": Text("the output goes in, not net.", "net이 아니라 out을 넣습니다."),
    "slope.trap.leaky": Text(
        "net decides here, and at exactly 0 the small slope is taken.",
        "net의 부호가 정하며, 꼭 0일 때는 작은 쪽 미분값으로 약속합니다.",
    ),
    "slope.trap.relu": Text(
        "net decides here, and at exactly 0 the slope is taken as 0.",
        "net의 부호가 정하며, 꼭 0일 때의 미분값은 0으로 약속합니다.",
    ),
    # -- dnet/dw, dnet/db, dnet/dout ---------------------------------------------------------
    "dnet/dw.rises": Text(
        "{net_name} holds {weight} multiplied by {source_name}; so if {weight} rises a tiny bit, "
        "{net_name} rises {size} times as much.",
        "{net_name}에서 {weight}에는 {source_name:이} 곱해지므로, {weight:이} 아주 조금 커지면 "
        "{net_name:은} 그 변화의 {size}배만큼 커집니다.",
    ),
    "dnet/dw.falls": Text(
        "{net_name} holds {weight} multiplied by {source_name}, which is negative; so if {weight} "
        "rises a tiny bit, {net_name} falls {size} times as much.",
        "{net_name}에서 {weight}에 곱해지는 {source_name:은} 음수이므로, {weight:이} 아주 조금 "
        "커지면 {net_name:은} 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dnet/dw.zero": Text(
        "{net_name} holds {weight} multiplied by {source_name}; this factor is {size}, so nothing "
        "gets through: {weight} has no effect now.",
        "{net_name}에서 {weight}에 곱해지는 {source_name}의 값은 {size}이므로 변화가 전해지지 "
        "않고, 지금 {weight:은} 아무 영향도 주지 않습니다.",
    ),
    "dnet/dw.why.question": Text("Why only {source_name}?", "왜 {source_name}만 남을까요?"),
    "dnet/dw.why.answer": Text(
        "The other parts of {net_name} do not change when {weight} does.",
        "{weight:이} 변해도 {net_name}의 나머지 항은 변하지 않기 때문입니다.",
    ),
    "dnet/dw.words": Text("{source}", "{source}"),
    "dnet/db": Text(
        "The bias is added as it is: if {bias} rises a tiny bit, {net_name} rises just as much, "
        "{size} times.",
        "편향은 그대로 더해지므로, {bias:이} 아주 조금 커지면 {net_name}도 그 변화의 {size}배, 곧 "
        "똑같이 커집니다.",
    ),
    "dnet/db.words": Text("1, for a bias is simply added", "1(편향은 그대로 더해지므로)"),
}
