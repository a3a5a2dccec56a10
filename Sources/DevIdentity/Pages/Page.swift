/// The frame of every HTML page of this service.
///
/// It says what this is, and has no script.
enum Page {
    static func html(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>\(escaped(title)) - local identity service</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
        .what { background: #fff3c4; color: #3b2f00; padding: .6rem 1rem; border-left: .3rem solid #b58900; }
        table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; }
        button { font: inherit; margin: .2rem .4rem .2rem 0; } fieldset { margin: 1rem 0; }
        </style>
        </head>
        <body>
        <p class="what"><strong>Local identity service for development.</strong> It stands in for Appwrite on this
        machine. The accounts are made up, nothing is kept, and it is not safe for real visitors.</p>
        <main>
        <h1>\(escaped(title))</h1>
        \(body)
        </main>
        </body>
        </html>

        """
    }

    /// For text and for attributes in double quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }
}
