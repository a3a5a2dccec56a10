#include "Highlighting.h"

#include <QLoggingCategory>

#include <cstdio>
#include <iostream>
#include <string>

/// The most bytes of code that are taken at once; whoever asks keeps below it.
constexpr std::size_t longest = 1 << 20;

/// Answers questions on standard input until that ends.
///
/// A question is a line `LANGUAGE LENGTH` and so many bytes of UTF-8; an answer is a line `ok LENGTH` and so many bytes of
/// HTML, or the line `unknown 0`.
int main()
{
    std::ios::sync_with_stdio(false);
    // Definitions are read from Qt's resources; what the library says of their regular expressions is not for authors.
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    Highlighting highlighting;
    std::string language, code;
    std::size_t length = 0;
    while (std::cin >> language >> length) {
        if (std::cin.get() != '\n' || length > longest) return 1;
        code.resize(length);
        if (!std::cin.read(code.data(), static_cast<std::streamsize>(length))) return 1;
        if (const auto html = highlighting.html(language, code)) {
            std::cout << "ok " << html->size() << '\n' << *html << std::flush;
        } else {
            std::cout << "unknown 0\n" << std::flush;
        }
    }
    return 0;
}
