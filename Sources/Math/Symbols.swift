/// What the commands of TeX that stand for one sign stand for.
enum Symbols {
    /// Letters that are slanted as variables are.
    static let letters = table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
        nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        imath ı jmath ȷ
        """
    )

    /// Letters and signs that stand upright.
    static let upright = table(
        """
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ beth ℶ wp ℘ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ angle ∠
        triangle △ square □ Box □ blacksquare ■ diamondsuit ♢ clubsuit ♣ heartsuit ♡ spadesuit ♠ degree ° prime ′ flat ♭
        natural ♮ sharp ♯ checkmark ✓ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ complement ∁ mho ℧ eth ð
        """
    )

    /// Operations, relations and arrows; browsers know the room around them.
    static let operators = table(
        """
        pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ cap ∩ cup ∪
        sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ wr ≀ amalg ⨿ uplus ⊎ dagger † ddagger ‡ diamond ⋄ bigcirc ◯
        neg ¬ lnot ¬ ltimes ⋉ rtimes ⋊ triangleleft ◃ triangleright ▹
        le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ll ≪ gg ≫ ne ≠ neq ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ propto ∝
        asymp ≍ doteq ≐ prec ≺ succ ≻ preceq ⪯ succeq ⪰ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
        sqsubseteq ⊑ sqsupseteq ⊒ in ∈ notin ∉ ni ∋ owns ∋ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨
        smile ⌣ frown ⌢ lesssim ≲ gtrsim ≳ triangleq ≜ coloneqq ≔ nsubseteq ⊈ bowtie ⋈ therefore ∴ because ∵ colon :
        to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ impliedby ⟸
        iff ⟺ mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
        Longleftrightarrow ⟺ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
        hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
        rightleftharpoons ⇌ rightsquigarrow ⇝ twoheadrightarrow ↠ forall ∀ exists ∃ nexists ∄
        """
    )

    /// Large operators, with limits below and above where there is room.
    static let large = table(
        """
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆
        """
    )

    /// Large operators with limits behind them.
    static let integrals = table("int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯")

    static let functions: Set<String> = [
        "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "dim", "exp", "hom",
        "ker",
        "lg", "ln", "log", "sec", "sin", "sinh", "tan", "tanh",
    ]

    /// Names with limits below where there is room.
    static let limits: [String: String] = [
        "det": "det", "gcd": "gcd", "inf": "inf", "lim": "lim", "liminf": "lim inf", "limsup": "lim sup",
        "max": "max",
        "min": "min", "Pr": "Pr", "sup": "sup",
    ]

    /// Brackets and bars by command; those of one character stand for themselves.
    static let fences = table(
        """
        { { } } lbrace { rbrace } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖ lVert ‖
        rVert ‖ | ‖ lbrack [ rbrack ] backslash \\ lgroup ⟮ rgroup ⟯
        """
    )

    static let spaces: [String: String] = [
        ",": "0.1667em", "thinspace": "0.1667em", ":": "0.2222em", ">": "0.2222em", "medspace": "0.2222em",
        ";": "0.2778em", "thickspace": "0.2778em", "!": "-0.1667em", "negthinspace": "-0.1667em",
        " ": "0.25em",
        "quad": "1em", "qquad": "2em", "enspace": "0.5em",
    ]

    /// Signs above a letter.
    static let accents = table(
        "hat ^ check ˇ tilde ~ acute ´ grave ` dot ˙ ddot ¨ dddot … breve ˘ bar ¯ vec → mathring ˚ widehat ^ widetilde ~"
    )

    /// Signs above all of a formula, which grow with it.
    static let above = table(
        "overline ¯ overbrace ⏞ overrightarrow → overleftarrow ← overleftrightarrow ↔ overparen ⏜"
    )
    static let below = table("underline _ underbrace ⏟ underrightarrow → underleftarrow ← underparen ⏝")

    /// Characters that stand for themselves but for a backslash.
    static let escaped: Set<String> = ["%", "#", "&", "_", "$"]

    /// Names and signs in turn, parted by blanks.
    private static func table(_ text: String) -> [String: String] {
        var table: [String: String] = [:]
        var name: String?
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let known = name {
                table[known] = String(word)
                name = nil
            } else {
                name = String(word)
            }
        }
        return table
    }
}
