import Testing

@testable import Math

struct MathMLTests {
    /// Each with what stands in the `math` element.
    @Test(arguments: [
        ("x", "<mi>x</mi>"), ("12.5", "<mn>12.5</mn>"),
        ("1.", "<mn>1</mn><mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">.</mo>"),
        ("a+b", "<mi>a</mi><mo>+</mo><mi>b</mi>"), ("-1", "<mo>−</mo><mn>1</mn>"),
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (#"\alpha\Omega"#, "<mi>α</mi><mi mathvariant=\"normal\">Ω</mi>"),
        (#"a\le b"#, "<mi>a</mi><mo>≤</mo><mi>b</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("x_i^{n+1}", "<msubsup><mi>x</mi><mi>i</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msubsup>"),
        ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"),
        ("{}_1^2X", "<msubsup><mrow></mrow><mn>1</mn><mn>2</mn></msubsup><mi>X</mi>"),
        ("f''", "<msup><mi>f</mi><mo>′′</mo></msup>"),
        ("f'^2", "<msup><mi>f</mi><mrow><mo>′</mo><mn>2</mn></mrow></msup>"),
        (#"\frac{1}{2}"#, "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (#"\frac12"#, "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (#"\dfrac ab"#, "<mstyle displaystyle=\"true\"><mfrac><mi>a</mi><mi>b</mi></mfrac></mstyle>"),
        (#"\sqrt{x+1}"#, "<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>"),
        (#"\sqrt[3]x"#, "<mroot><mi>x</mi><mn>3</mn></mroot>"),
        (
            #"\binom nk"#,
            "<mrow><mo fence=\"true\">(</mo><mfrac linethickness=\"0\"><mi>n</mi><mi>k</mi></mfrac><mo fence=\"true\">)</mo></mrow>"
        ),
        (
            #"\sum_{i=1}^n"#,
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>"
        ),
        (#"\int_0^1"#, "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
        (#"\int\limits_0"#, "<munder><mo movablelimits=\"false\">∫</mo><mn>0</mn></munder>"),
        (#"\sum\nolimits_0"#, "<msub><mo>∑</mo><mn>0</mn></msub>"),
        (
            #"\lim_{x\to0}"#,
            "<munder><mo lspace=\"0.1667em\" rspace=\"0.1667em\" movablelimits=\"true\">lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder>"
        ),
        (#"\sin x"#, "<mi>sin</mi><mo>\u{2061}</mo><mspace width=\"0.1667em\"></mspace><mi>x</mi>"),
        (
            #"\sin(x)"#,
            "<mi>sin</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>"
        ),
        (
            #"\operatorname{rank}A"#,
            "<mi>rank</mi><mo>\u{2061}</mo><mspace width=\"0.1667em\"></mspace><mi>A</mi>"
        ),
        (
            #"\left(\frac12\right]"#,
            "<mrow><mo fence=\"true\">(</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mo fence=\"true\">]</mo></mrow>"
        ),
        (
            #"\left.x\middle|y\right\}"#,
            "<mrow><mi>x</mi><mo stretchy=\"true\">|</mo><mi>y</mi><mo fence=\"true\">}</mo></mrow>"
        ),
        (#"\bigl\langle"#, "<mo stretchy=\"true\" minsize=\"1.2em\" maxsize=\"1.2em\">⟨</mo>"),
        (#"\{a\}"#, "<mo stretchy=\"false\">{</mo><mi>a</mi><mo stretchy=\"false\">}</mo>"),
        (#"\hat x"#, "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover>"),
        (
            #"\overline{AB}"#,
            "<mover accent=\"true\"><mrow><mi>A</mi><mi>B</mi></mrow><mo stretchy=\"true\">¯</mo></mover>"
        ),
        (
            #"\underbrace{x}_{n}"#,
            "<munder><munder accentunder=\"true\"><mi>x</mi><mo stretchy=\"true\">⏟</mo></munder><mi>n</mi></munder>"
        ),
        (
            #"\overset{!}{=}"#,
            "<mover><mo lspace=\"0\" rspace=\"0\">=</mo><mo lspace=\"0\" rspace=\"0\">!</mo></mover>"
        ),
        (
            #"\xrightarrow{f}"#,
            "<mover><mo stretchy=\"true\">→</mo><mrow><mspace width=\"0.3em\"></mspace><mi>f</mi><mspace width=\"0.3em\"></mspace></mrow></mover>"
        ),
        (#"\text{if } x"#, "<mtext>if\u{a0}</mtext><mi>x</mi>"),
        (#"\text{a_b $ \{c\} <d>}"#, "<mtext>a_b\u{a0}$\u{a0}{c}\u{a0}&lt;d&gt;</mtext>"),
        (#"\mathbb{R}\mathcal L\mathbf{x1}"#, "<mi>ℝ</mi><mi>ℒ</mi><mrow><mi>𝐱</mi><mn>𝟏</mn></mrow>"),
        (#"\mathrm{d}x\mathrm{const}"#, "<mi mathvariant=\"normal\">d</mi><mi>x</mi><mi>const</mi>"),
        (#"\boldsymbol\alpha"#, "<mi>𝜶</mi>"),
        (
            #"a\,b\quad c"#,
            "<mi>a</mi><mspace width=\"0.1667em\"></mspace><mi>b</mi><mspace width=\"1em\"></mspace><mi>c</mi>"
        ),
        (#"a\not=b\not\in c"#, "<mi>a</mi><mo>≠</mo><mi>b</mi><mo>∉</mo><mi>c</mi>"),
        (
            ##"\%\$\&\_\#"##,
            ["%", "$", "&amp;", "_", "#"].map { "<mi mathvariant=\"normal\">\($0)</mi>" }.joined()
        ),
        (
            #"\begin{pmatrix}a&b\\c&d\end{pmatrix}"#,
            "<mrow><mo fence=\"true\">(</mo><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd><mtd><mi>d</mi></mtd></mtr></mtable><mo fence=\"true\">)</mo></mrow>"
        ),
        (
            #"\begin{cases}1&x\\0\\[2pt]\end{cases}"#,
            "<mrow><mo fence=\"true\">{</mo><mtable><mtr><mtd class=\"math-left\"><mn>1</mn></mtd><mtd class=\"math-left\"><mi>x</mi></mtd></mtr><mtr><mtd class=\"math-left\"><mn>0</mn></mtd></mtr></mtable></mrow>"
        ),
        (
            #"\begin{aligned}a&=b\end{aligned}"#,
            "<mtable displaystyle=\"true\" class=\"math-close\"><mtr><mtd class=\"math-right\"><mi>a</mi></mtd><mtd class=\"math-left\"><mo>=</mo><mi>b</mi></mtd></mtr></mtable>"
        ),
        (
            #"\begin{array}{lr}a&b\end{array}"#,
            "<mtable><mtr><mtd class=\"math-left\"><mi>a</mi></mtd><mtd class=\"math-right\"><mi>b</mi></mtd></mtr></mtable>"
        ),
        (
            #"\sum_{\substack{a\\b}}"#,
            "<munder><mo>∑</mo><mtable class=\"math-close\"><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable></munder>"
        ),
        (#"\displaystyle x"#, "<mstyle displaystyle=\"true\"><mi>x</mi></mstyle>"),
        (#"\phantom{x}"#, "<mphantom><mi>x</mi></mphantom>"), ("", ""),
        (
            #"a \equiv b \pmod n"#,
            "<mi>a</mi><mo>≡</mo><mi>b</mi><mrow><mspace width=\"1em\"></mspace><mo stretchy=\"false\">(</mo><mrow><mi>mod</mi><mspace width=\"0.3333em\"></mspace><mi>n</mi></mrow><mo stretchy=\"false\">)</mo></mrow>"
        ),
    ])
    func `a formula becomes MathML`(tex: String, inner: String) throws {
        #expect(try MathML.element(tex, .inline) == "<math>\(inner)</math>")
    }

    @Test func `a formula that stands alone says so`() throws {
        #expect(try MathML.element("x", .display) == "<math display=\"block\"><mi>x</mi></math>")
    }

    @Test(arguments: [
        (#"\alhpa"#, 0, "unknown command '\\alhpa'", "did you mean '\\alpha'?"),
        (#"x+\zzzzzz"#, 2, "unknown command '\\zzzzzz'", "the manual lists the commands that are read"),
        ("ä{x", 2, "this '{' is never closed", nil),
        ("x}", 1, "a '}' closes nothing", "write \\} for the sign"),
        ("x^1^2", 3, "a second superscript on one base", "write braces around the first and its base"),
        ("x_1_2", 3, "a second subscript on one base", "write braces around the first and its base"),
        ("x^", 2, "'^' wants an argument", "write it in braces: {…}"),
        (#"\frac1"#, 6, "'\\frac' wants an argument", "write it in braces: {…}"),
        ("a & b", 2, "'&' stands outside of an environment", "write \\& for the sign"),
        (
            #"a \\ b"#, 2, "'\\\\' stands outside of an environment",
            "write \\begin{aligned} … \\end{aligned} around the lines"
        ),
        (#"\left( x"#, 0, "this '\\left' has no '\\right'", "'\\right.' closes without a sign"),
        (#"x \right)"#, 2, "'\\right' closes nothing", nil),
        (#"\left x"#, 6, "'\\left' wants a bracket", "such as (, [, \\{, | or \\langle, or . for none"),
        (#"\begin{matrx}\end{matrx}"#, 0, "unknown environment 'matrx'", "did you mean 'matrix'?"),
        (#"\begin{matrix}a"#, 0, "this '\\begin{matrix}' has no '\\end'", nil),
        (#"\begin{matrix}a\end{cases}"#, 15, "'\\end{cases}' does not close '\\begin{matrix}'", nil),
        (#"\sqrt[3"#, 5, "this '[' is never closed", nil), (#"\text{a"#, 5, "this '{' is never closed", nil),
        (#"\text{\alpha}"#, 6, "a command within '\\text'", "words only may stand there"),
        ("50%", 2, "'%' has a meaning of its own in TeX", "write \\%"),
        (#"\"#, 0, "a backslash ends the formula", nil),
        (#"\begin{array}{l|r}a\end{array}"#, 13, "unknown column '|'", "columns are l, c and r"),
        (
            #"{a \\ b}"#, 3, "'\\\\' stands outside of an environment",
            "write \\begin{aligned} … \\end{aligned} around the lines"
        ),
    ])
    func `a mistake is told with its place`(tex: String, offset: Int, problem: String, advice: String?) {
        let mistake = #expect(throws: MathMistake.self) { try MathML.element(tex, .inline) }
        #expect(mistake == MathMistake(at: offset, problem, advice: advice))
    }

    @Test(arguments: ["{", #"\sqrt"#, #"\left("#, "x^{", #"\begin{matrix}"#, #"\hat"#, "_{"])
    func `ten thousand levels are a mistake, not a crash`(text: String) {
        #expect(throws: MathMistake.self) {
            try MathML.element(String(repeating: text, count: 10_000), .inline)
        }
    }

    @Test func `nothing of the author's is markup`() throws {
        let html = try MathML.element(#"\text{<script>}<b>\operatorname{<i>}"#, .inline)
        #expect(!html.contains("<script") && !html.contains("<b>") && !html.contains("<i>"))
    }

    /// Each command that the tables know is read, with as many arguments as any wants.
    @Test(arguments: Parser.names)
    func `every command is read`(name: String) throws {
        let tex =
            switch name {
            case "begin", "end": #"\begin{matrix}a\end{matrix}"#
            case "left", "right", "middle": #"\left(a\middle|b\right)"#
            case "big", "Big", "bigg", "Bigg": "\\\(name)("
            case "limits", "nolimits": "\\sum\\\(name)_a"
            case "not": #"\not="#
            default: "\\\(name){a}{b}"
            }
        #expect(try MathML.element(tex, .display).hasSuffix("</math>"))
    }
}
