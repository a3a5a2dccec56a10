/// Gives code the classes by which a theme colours it; asked once for each block whose language is said.
///
/// Takes the code and the language's name, both as the author wrote them; must say the same of the same.
package typealias CodeColoring = @Sendable (_ code: [UInt8], _ language: String) -> ColoredCode

/// What came of colouring one piece of code.
package enum ColoredCode: Sendable, Equatable {
    /// HTML in UTF-8, with as many lines as the code and no element that goes over a line's end.
    case html([UInt8])
    /// It stays as it is.
    case plain
    /// It stays as it is, and the author is told that code may have so many bytes.
    case tooLong(limit: Int)
    /// It stays as it is, and the author is told that nobody knows the language.
    case unknownLanguage
}
