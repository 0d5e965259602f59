/// Finds the smallest value of a function of a few variables without its derivatives (Nelder and Mead 1965).
enum SimplexSearch {
    private static let closeEnough = 1e-9

    /// The best point found.
    /// - Parameters:
    ///   - reach: How far the first corners lie from the start.
    ///   - steps: The most steps that are taken.
    static func minimum(
        from start: [Double], reach: Double, steps: Int, of function: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
        func corner(_ point: [Double]) -> (point: [Double], value: Double) {
            let value = function(point)
            return (point, value.isNaN ? .infinity : value)
        }
        var corners = [corner(start)]
        for index in start.indices {
            var point = start
            point[index] += reach
            corners.append(corner(point))
        }
        for _ in 0..<steps {
            corners.sort { $0.value < $1.value }
            let (best, worst) = (corners[0], corners[corners.count - 1])
            if worst.value - best.value <= closeEnough { break }
            let others = corners.dropLast()
            let middle = start.indices.map { index in
                others.reduce(0) { $0 + $1.point[index] } / Double(others.count)
            }
            /// The point on the line from the worst corner through the middle of the others.
            func along(_ share: Double) -> (point: [Double], value: Double) {
                corner(start.indices.map { middle[$0] + share * (middle[$0] - worst.point[$0]) })
            }
            let reflected = along(1)
            if reflected.value < best.value {
                let further = along(2)
                corners[corners.count - 1] = further.value < reflected.value ? further : reflected
            } else if reflected.value < others[others.count - 1].value {
                corners[corners.count - 1] = reflected
            } else {
                let nearer = reflected.value < worst.value ? along(0.5) : along(-0.5)
                if nearer.value < min(reflected.value, worst.value) {
                    corners[corners.count - 1] = nearer
                } else {
                    for index in 1..<corners.count {
                        corners[index] = corner(zip(corners[index].point, best.point).map { ($0 + $1) / 2 })
                    }
                }
            }
        }
        return corners.min { $0.value < $1.value } ?? corners[0]
    }
}
