/// What is wrong with a formula.
package struct MathMistake: Error, Equatable, Sendable {
    /// The byte of the formula, counted from 0 in UTF-8, at which it shows.
    package let offset: Int
    package let problem: String
    package let advice: String?

    init(at offset: Int, _ problem: String, advice: String? = nil) {
        self.offset = offset
        self.problem = problem
        self.advice = advice
    }
}
