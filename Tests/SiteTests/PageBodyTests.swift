import Testing

@testable import Site

struct PageBodyTests {
    @Test(arguments: ["{% members %}x{% /members %}", "`{%`", "a {%", "{{%"])
    func `a text that may hold a tag is kept, since the search for leaks reads it again`(text: String) {
        let body = PageBody(text)
        body.letGo()
        #expect(body.text == text)
    }

    @Test func `what was let go is not taken for an empty text`() async {
        await #expect(processExitsWith: .failure) {
            let body = PageBody("no tags { % } here")
            _ = body.text
            body.letGo()
            _ = body.text
        }
    }
}
