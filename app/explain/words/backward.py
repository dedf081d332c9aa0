"""Sentences of the backward pass: each factor, their product, the delta, the paths, the batch.

Every derivative speaks in the same frame: raise this a tiny bit, and that moves so many times
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
    # -- dE/dw, all factors in full ----------------------------------------------------------
    "dE/dw.output.rises": Text(
        "Raise {weight} a tiny bit and {net_name} moves {source} times as much{source_way}, "
        "{out_name} {slope} times that{slope_way}, the error {gap} times that{gap_way}; "
        "multiplied, the error rises {size} times as much as {weight}.",
        "{weight:을} 아주 조금 키우면 {net_name:은} {source_way}그 {source}배, {out_name:은} "
        "{slope_way}다시 그 {slope}배, 총오차는 {gap_way}또 그 {gap}배로 변하므로, 총오차는 "
        "{weight:이} 변한 양의 {size}배만큼 커집니다.",
    ),
    "dE/dw.output.falls": Text(
        "Raise {weight} a tiny bit and {net_name} moves {source} times as much{source_way}, "
        "{out_name} {slope} times that{slope_way}, the error {gap} times that{gap_way}; "
        "multiplied, the error falls {size} times as much as {weight}.",
        "{weight:을} 아주 조금 키우면 {net_name:은} {source_way}그 {source}배, {out_name:은} "
        "{slope_way}다시 그 {slope}배, 총오차는 {gap_way}또 그 {gap}배로 변하므로, 총오차는 "
        "{weight:이} 변한 양의 {size}배만큼 작아집니다.",
    ),
    "dE/dw.hidden.rises": Text(
        "Raise {weight} a tiny bit and the error rises {size} times as much: {gap} ({paths}) × "
        "{slope} (slope at {neuron}) × {source} ({source_label}).",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱입니다.",
    ),
    "dE/dw.hidden.falls": Text(
        "Raise {weight} a tiny bit and the error falls {size} times as much: {gap} ({paths}) × "
        "{slope} (slope at {neuron}) × {source} ({source_label}).",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱에서 나옵니다.",
    ),
    "dE/dw.hidden.rises.weak": Text(
        "Raise {weight} a tiny bit and the error rises only {size} times as much: {gap} ({paths}) "
        "× {slope} (slope at {neuron}) × {source} ({source_label}), about 1/{ratio} of what "
        "{stronger} does.",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼만 커지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱으로, "
        "{stronger}일 때의 약 {ratio}분의 1입니다.",
    ),
    "dE/dw.hidden.falls.weak": Text(
        "Raise {weight} a tiny bit and the error falls only {size} times as much: {gap} ({paths}) "
        "× {slope} (slope at {neuron}) × {source} ({source_label}), about 1/{ratio} of what "
        "{stronger} does.",
        "{weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼만 작아지는데, 이 배수는 "
        "{gap}({paths}) × {slope}({neuron}의 미분값) × {source}({source_label})의 곱에서 나오며, "
        "{stronger}일 때의 약 {ratio}분의 1입니다.",
    ),
    "dE/dw.sibling.rises": Text(
        "{weight} shares {delta} with {first}, only the last factor differs: {work} = {result}; "
        "raise {weight} a tiny bit and the error rises {size} times as much.",
        "{weight}에는 {first:과} 같은 {delta:이} 쓰이고 마지막 인수만 달라 {work} = "
        "{result}이므로, {weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "dE/dw.sibling.falls": Text(
        "{weight} shares {delta} with {first}, only the last factor differs: {work} = {result}; "
        "raise {weight} a tiny bit and the error falls {size} times as much.",
        "{weight}에는 {first:과} 같은 {delta:이} 쓰이고 마지막 인수만 달라 {work} = "
        "{result}이므로, {weight:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dE/dw.zero": Text(
        "This factor is {zero}, so nothing gets through: {weight} has no effect now.",
        "이 인수의 값은 {zero}이므로 변화가 전해지지 않고, 지금 {weight:은} 총오차에 영향을 주지 "
        "않습니다.",
    ),
    "dE/dw.zero.note": Text("Which one: {factor}.", "어느 인수인가: {factor}."),
    "dE/dw.underflow": Text(
        "The factors of {weight} are so small that their product is {zero} in the computer's "
        "digits: {weight} has no effect now.",
        "인수들이 너무 작아 그 곱은 컴퓨터의 자릿수로 {zero}이므로, 지금 {weight:은} 총오차에 "
        "영향을 주지 않습니다.",
    ),
    "dE/dw.words": Text("{gap} × {slope} × {source}", "{gap} × {slope} × {source}"),
    "dE/dw.sibling.words": Text("{delta} × {source}", "{delta} × {source}"),
    "dE/dw.why.question": Text("Why multiply?", "왜 곱할까요?"),
    "dE/dw.why.answer": Text(
        "Gears in a row: ratios multiply.",
        "톱니바퀴가 이어지면 회전 비율이 곱해지는 것과 같습니다.",
    ),
    # -- dE/db -------------------------------------------------------------------------------
    "dE/db.one.rises": Text(
        "Raise {bias} a tiny bit and {net_name} rises just as much; so the error rises {size} "
        "times as much, which is {delta} itself.",
        "{bias:을} 아주 조금 키우면 {net_name}도 똑같이 커지므로, 총오차는 그 변화의 {size}배만큼 "
        "커지며 이 배수는 {delta} 그대로입니다.",
    ),
    "dE/db.one.falls": Text(
        "Raise {bias} a tiny bit and {net_name} rises just as much; so the error falls {size} "
        "times as much, which is the size of {delta}.",
        "{bias:을} 아주 조금 키우면 {net_name}도 똑같이 커지므로, 총오차는 그 변화의 {size}배만큼 "
        "작아지며 이 배수는 {delta}의 크기입니다.",
    ),
    "dE/db.shared.rises": Text(
        "{bias} enters every neuron of its layer, so their deltas are added: {sum} = {result}; "
        "raise {bias} a tiny bit and the error rises {size} times as much.",
        "{bias:은} 이 층의 모든 뉴런에 들어가므로 델타를 모두 더하면 {sum} = {result}이고, "
        "{bias:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 커집니다.",
    ),
    "dE/db.shared.falls": Text(
        "{bias} enters every neuron of its layer, so their deltas are added: {sum} = {result}; "
        "raise {bias} a tiny bit and the error falls {size} times as much.",
        "{bias:은} 이 층의 모든 뉴런에 들어가므로 델타를 모두 더하면 {sum} = {result}이고, "
        "{bias:을} 아주 조금 키우면 총오차는 그 변화의 {size}배만큼 작아집니다.",
    ),
    "dE/db.zero": Text(
        "{bias} has no effect on the error now: its gradient is {zero}.",
        "지금 {bias:은} 총오차에 영향을 주지 않으며, 기울기의 값은 {zero}입니다.",
    ),
    "dE/db.one.words": Text("{delta} × 1", "{delta} × 1"),
    "dE/db.shared.words": Text("the deltas of the layer, added up", "이 층의 델타를 모두 더한 값"),
    "dE/db.frozen": Text(
        "Known, but not used: the biases of this network are not trained.",
        "값은 알 수 있지만 쓰지 않습니다. 이 신경망은 편향을 학습하지 않습니다.",
    ),
    # -- the batch ---------------------------------------------------------------------------
    "batch.mean.rises": Text(
        "Each of the {count} examples has its own gradient; on average, if {parameter} rises a "
        "tiny bit, the batch error rises {size} times as much.",
        "샘플 {count}개의 기울기를 평균하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 "
        "변화의 {size}배만큼 커집니다.",
    ),
    "batch.mean.falls": Text(
        "Each of the {count} examples has its own gradient; on average, if {parameter} rises a "
        "tiny bit, the batch error falls {size} times as much.",
        "샘플 {count}개의 기울기를 평균하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 "
        "변화의 {size}배만큼 작아집니다.",
    ),
    "batch.sum.rises": Text(
        "Each of the {count} examples has its own gradient; added up, if {parameter} rises a tiny "
        "bit, the batch error rises {size} times as much.",
        "샘플 {count}개의 기울기를 더하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 변화의 "
        "{size}배만큼 커집니다.",
    ),
    "batch.sum.falls": Text(
        "Each of the {count} examples has its own gradient; added up, if {parameter} rises a tiny "
        "bit, the batch error falls {size} times as much.",
        "샘플 {count}개의 기울기를 더하면, {parameter:이} 아주 조금 커질 때 배치 오차는 그 변화의 "
        "{size}배만큼 작아집니다.",
    ),
    "batch.zero": Text(
        "Over the {count} examples the gradients of {parameter} come to {size}: it has no effect "
        "on the batch error now.",
        "샘플 {count}개를 모으면 {parameter}의 기울기는 {size}이고, 지금은 배치 오차에 영향을 주지 "
        "않습니다.",
    ),
    "batch.mean.words": Text(
        "the gradients of all examples, averaged", "모든 샘플의 기울기를 평균한 값"
    ),
    "batch.sum.words": Text(
        "the gradients of all examples, added up", "모든 샘플의 기울기를 더한 값"
    ),
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
