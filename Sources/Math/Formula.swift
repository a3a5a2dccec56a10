/// A formula, or a part of one.
indirect enum Formula: Equatable, Sendable {
    case row([Formula])
    /// A letter or a name; one letter is slanted unless it is upright.
    case identifier(String, isUpright: Bool)
    case number(String)
    case symbol(Symbol)
    /// A name such as `sin`, which is set apart from what it is applied to.
    case function(String)
    case text(String)
    /// Empty room, as a length that MathML knows.
    case space(String)
    case fraction(Formula, Formula, Fraction)
    case root(Formula, index: Formula?)
    case scripts(Formula, sub: Formula?, sup: Formula?, Limits)
    /// Something drawn above all of the base.
    case over(Formula, Formula, isAccent: Bool)
    /// Something drawn below all of the base.
    case under(Formula, Formula, isAccent: Bool)
    /// Brackets that grow with what is between them; an empty one is not drawn.
    case fenced([Fence])
    /// A bracket of a given size.
    case sized(String, size: String)
    case table(Table)
    case styled(Formula, isDisplay: Bool)
    case phantom(Formula)

    /// A sign that is no letter.
    struct Symbol: Equatable, Sendable {
        var text: String
        /// Whether what is written below and above it stands there, rather than behind it.
        var limits = Limits.behind
        /// Whether it grows with what is beside or below it; nil for as browsers have it.
        var stretches: Bool?
        /// Whether it stands close to what is around it, though browsers would leave room.
        var isTight = false
        /// Whether it is a name such as `lim`.
        var isName = false
    }

    struct Fraction: Equatable, Sendable {
        var hasLine = true
        /// Whether it is set large or small, whatever is around it.
        var isDisplay: Bool?
    }

    /// Where `_` and `^` put their arguments.
    enum Limits: Equatable, Sendable {
        case behind
        /// Below and above in formulas that stand alone, behind in a line of text.
        case movable
        case belowAndAbove
    }

    /// A bracket and what follows it.
    struct Fence: Equatable, Sendable {
        let bracket: String
        let body: Formula
    }

    struct Table: Equatable, Sendable {
        enum Alignment: Equatable, Sendable {
            case left
            case center
            case right
        }

        var rows: [[Formula]]
        /// Of the columns; beyond its end the last is taken.
        var alignments: [Alignment]
        var opening = ""
        var closing = ""
        /// Whether each cell is set as a formula that stands alone.
        var isDisplay = false
        /// Whether the columns stand close, as the two sides of an equation do.
        var isClose = false
    }
}
