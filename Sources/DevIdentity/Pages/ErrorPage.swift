/// An error on a route that a browser sees.
enum ErrorPage {
    static func html(_ refusal: Refusal) -> String {
        Page.html(
            title: "Error \(refusal.wireStatus)",
            body: """
                <p>\(Page.escaped(refusal.message))</p>
                <p>Type: <code>\(Page.escaped(refusal.type))</code></p>
                """
        )
    }
}
