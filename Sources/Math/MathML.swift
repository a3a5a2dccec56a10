/// A formula as browsers draw it.
package enum MathML {
    /// How a formula stands on the page.
    package enum Style: Sendable {
        /// In a line of text.
        case inline
        /// On lines of its own, with room for limits.
        case display
    }

    /// The `math` element for a formula in TeX, without the dollar signs.
    ///
    /// Throws the first thing that is wrong. Costs time in proportion to the text.
    package static func element(_ tex: String, _ style: Style) throws(MathMistake) -> String {
        var parser = Parser(tex)
        let formula = try parser.formula()
        var writer = MathMLWriter()
        writer.write(root: formula, style)
        return writer.text
    }
}
