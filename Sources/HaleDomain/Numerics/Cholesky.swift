/// Linear equations with a symmetric positive definite matrix.
enum Cholesky {
    /// The solution of `matrix` x = `right`; nil where the matrix is not positive definite.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        guard let lower = factor(matrix) else { return nil }
        var solution = right
        for row in solution.indices {
            for column in 0..<row { solution[row] -= lower[row][column] * solution[column] }
            solution[row] /= lower[row][row]
        }
        for row in solution.indices.reversed() {
            for below in (row + 1)..<solution.count { solution[row] -= lower[below][row] * solution[below] }
            solution[row] /= lower[row][row]
        }
        return solution
    }

    /// The lower triangle L with L Lᵀ = `matrix`.
    private static func factor(_ matrix: [[Double]]) -> [[Double]]? {
        var lower = matrix
        for row in lower.indices {
            for column in 0...row {
                var sum = matrix[row][column]
                for index in 0..<column { sum -= lower[row][index] * lower[column][index] }
                if row == column {
                    guard sum > 0 else { return nil }
                    lower[row][row] = sum.squareRoot()
                } else {
                    lower[row][column] = sum / lower[column][column]
                }
            }
        }
        return lower
    }
}
