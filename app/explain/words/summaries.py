"""Sentences that sum up a phase, a step, or what the network is for."""

from __future__ import annotations

from app.explain.model import Text

TEMPLATES: dict[str, Text] = {
    # -- the line above the drawing ----------------------------------------------------------
    "headline": Text(
        "Given {inputs} it should answer {targets}; now it answers {outputs}.",
        "입력이 {inputs}일 때 목푯값은 {targets}인데, 지금의 출력은 {outputs}입니다.",
    ),
    "headline.many_inputs": Text(
        "Given {count} inputs it should answer {targets}; now it answers {outputs}.",
        "입력이 {count}개일 때 목푯값은 {targets}인데, 지금의 출력은 {outputs}입니다.",
    ),
    "headline.many_outputs": Text(
        "Given {inputs} it should hit {count} targets; furthest off is {neuron}, which answers "
        "{out} where {target} is right.",
        "입력이 {inputs}일 때 목푯값은 모두 {count}개이고, 가장 벗어난 {neuron}의 출력은 "
        "{out}인데 목푯값은 {target}입니다.",
    ),
    "headline.many_inputs.many_outputs": Text(
        "Given {inputs_count} inputs it should hit {count} targets; furthest off is {neuron}, "
        "which answers {out} where {target} is right.",
        "입력이 {inputs_count}개일 때 목푯값은 모두 {count}개이고, 가장 벗어난 {neuron}의 출력은 "
        "{out}인데 목푯값은 {target}입니다.",
    ),
    # -- the four phases ---------------------------------------------------------------------
    "phase:forward.title": Text("The forward pass is done", "순전파가 끝났습니다"),
    "phase:forward.output": Text(
        "{neuron} says {out} but should say {target}",
        "{neuron}의 출력은 {out}인데 목푯값은 {target}입니다",
    ),
    "phase:forward.one": Text(
        "{saying}. The total error, {total}, puts this gap into a number. Learning means making "
        "it smaller.",
        "{saying}. 총오차 {total}에는 이 차이가 수 하나로 담겨 있습니다. 학습이란 이 수를 줄여 "
        "가는 일입니다.",
    ),
    "phase:forward.two": Text(
        "{saying}. The total error, {total}, puts both gaps into one number. Learning means "
        "making it smaller.",
        "{saying}. 총오차 {total}에는 두 차이가 수 하나로 담겨 있습니다. 학습이란 이 수를 줄여 "
        "가는 일입니다.",
    ),
    "phase:forward.few": Text(
        "{saying}. The total error, {total}, puts all {count} gaps into one number. Learning "
        "means making it smaller.",
        "{saying}. 총오차 {total}에는 차이 {count}개가 수 하나로 담겨 있습니다. 학습이란 이 수를 "
        "줄여 가는 일입니다.",
    ),
    "phase:forward.many": Text(
        "Furthest off of {count} outputs: {saying}. The total error, {total}, puts all {count} "
        "gaps into one number. Learning means making it smaller.",
        "출력 {count}개 가운데 가장 벗어난 것은 이렇습니다. {saying}. 총오차 {total}에는 차이 "
        "{count}개가 수 하나로 담겨 있습니다. 학습이란 이 수를 줄여 가는 일입니다.",
    ),
    "phase:error.title": Text("The error is known", "오차를 구했습니다"),
    "phase:error": Text(
        "The total error is {total}, and {share} % of it comes from {neuron}. Next question: "
        "which weight is to blame, and how much?",
        "총오차는 {total}이고, 그 가운데 {share} %가 {neuron}의 몫입니다. 다음은 어느 가중치가 "
        "여기에 얼마나 영향을 주는지 알아볼 차례입니다.",
    ),
    "phase:error.one": Text(
        "The total error is {total}. Next question: which weight is to blame, and how much?",
        "총오차는 {total}입니다. 다음은 어느 가중치가 여기에 얼마나 영향을 주는지 알아볼 "
        "차례입니다.",
    ),
    "phase:error.zero": Text(
        "The total error is {total}: every output hits its target.",
        "총오차는 {total}입니다. 모든 출력이 목푯값과 같습니다.",
    ),
    "phase:backward.title": Text("The backward pass is done", "역전파가 끝났습니다"),
    "phase:backward": Text(
        "Going backwards from the error, every weight has got its gradient. The {error} reacts "
        "most to {most} ({most_value}) and least to {least} ({least_value}).",
        "오차에서 거꾸로 거슬러 가중치마다 기울기를 얻었습니다. {error:은} {most}의 변화에 "
        "가장 크게({most_value}), {least}의 변화에 가장 작게({least_value}) 반응합니다.",
    ),
    "phase:backward.one": Text(
        "Going backwards from the error, the one weight {most} has got its gradient, {most_value}.",
        "오차에서 거꾸로 거슬러 하나뿐인 가중치 {most}의 기울기를 얻었으며, 값은 "
        "{most_value}입니다.",
    ),
    "phase:update.title": Text("The update is done", "갱신이 끝났습니다"),
    "phase:update": Text(
        "Every number that learns takes one step against its gradient: {up} go up, {down} go "
        "down. The longest step is that of {most}, from {before} to {after}.",
        "학습하는 값마다 기울기의 반대쪽으로 한 번씩 움직여 {up}개는 커지고 {down}개는 "
        "작아집니다. 가장 크게 움직인 {most}의 값은 {before}에서 {after}까지 바뀝니다.",
    ),
    "phase:update.still": Text(
        "No number that learns moves in this step: every gradient is 0 or too small to count.",
        "이번 스텝에서는 움직이는 값이 없습니다. 기울기가 모두 0이거나 너무 작습니다.",
    ),
    # -- the result of one step --------------------------------------------------------------
    "result.title": Text("What learning did", "학습의 결과"),
    "result.fell": Text(
        "One step: the {error} fell from {before} to {after}, by {percent} %.",
        "한 스텝 만에 {error:은} {before}에서 {after}까지, 곧 {percent} %만큼 줄었습니다.",
    ),
    "result.rose": Text(
        "One step: the {error} rose from {before} to {after}, by {percent} %; the learning rate "
        "{rate} took too long a step.",
        "한 스텝 만에 {error:은} {before}에서 {after}까지, 곧 {percent} %만큼 늘었습니다. 학습률 "
        "{rate}에서 걸음이 너무 컸습니다.",
    ),
    "result.same": Text(
        "One step: the {error} stays at {after}.",
        "한 스텝 뒤에도 {error:은} 그대로 {after}입니다.",
    ),
    "result.lost": Text(
        "One step: from {before} the {error} went beyond what can be computed ({after}); the "
        "learning rate {rate} took far too long a step.",
        "한 스텝 만에 {error:은} {before}에서 계산 범위를 넘었습니다({after}). 학습률 {rate}에서 "
        "걸음이 너무 컸습니다.",
    ),
    "result.why.question": Text(
        "Why does {falling} fall and {rising} rise?",
        "{falling:은} 왜 작아지고 {rising:은} 왜 커질까요?",
    ),
    "result.why.answer": Text(
        "A larger {falling} would mean a larger error, a larger {rising} a smaller one; each goes "
        "the way that makes the error smaller.",
        "{falling:을} 키우면 오차가 커지고 {rising:을} 키우면 오차가 작아지므로, 저마다 오차가 "
        "줄어드는 쪽으로 움직입니다.",
    ),
    # -- numbers that are lost ---------------------------------------------------------------
    "lost": Text(
        "{name} became too large to compute with ({value}) at step {step}; everything after it is "
        "lost.",
        "{step}번째 스텝에서 {name}의 값이 계산 범위를 넘었습니다({value}). 이후의 값은 믿을 수 "
        "없습니다.",
    ),
    "lost.alone": Text(
        "{name} is {value} here, because the output is so sure and so wrong. Nothing is lost: "
        "the delta is computed from the net inputs, without this factor.",
        "출력이 틀린 답을 지나치게 확신해 {name}의 값이 {value}입니다. 델타는 이 인수 없이 "
        "가중합에서 바로 계산하므로 잃는 것은 없습니다.",
    ),
    "lost.after": Text(
        "{name} cannot be computed: {first} became too large to compute with ({value}) at step "
        "{step}; everything after it is lost.",
        "{name}의 값은 구할 수 없습니다. {step}번째 스텝에서 {first}의 값이 계산 범위를 "
        "넘었습니다({value}).",
    ),
}
