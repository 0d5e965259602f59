// Times the mathematics alone: `posterior SEED`, or `forecast FILE STEPS NODES`.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "posterior" where arguments.count == 2:
    PosteriorTiming.run(seed: UInt64(arguments[1]) ?? 1)
case "forecast" where arguments.count == 4:
    try ForecastTiming.run(file: arguments[1], steps: Double(arguments[2]) ?? 4_000, nodes: Int(arguments[3]) ?? 21)
default:
    print("usage: mathematics-benchmark posterior SEED | forecast FILE STEPS NODES")
}
