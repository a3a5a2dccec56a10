#include "Highlighting.h"

#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/Format>
#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/State>
#include <KF5/KSyntaxHighlighting/KSyntaxHighlighting/Theme>

using namespace KSyntaxHighlighting;

namespace {

/// The class of a kind of word; none for plain text.
const char *className(Theme::TextStyle style)
{
    switch (style) {
    case Theme::Keyword: return "keyword";
    case Theme::ControlFlow: return "control";
    case Theme::Function: return "function";
    case Theme::Variable: return "variable";
    case Theme::Operator: return "operator";
    case Theme::BuiltIn: return "builtin";
    case Theme::Extension: return "builtin";
    case Theme::Preprocessor: return "preprocessor";
    case Theme::Attribute: return "attribute";
    case Theme::Char: return "string";
    case Theme::String: return "string";
    case Theme::VerbatimString: return "string";
    case Theme::SpecialChar: return "escape";
    case Theme::SpecialString: return "escape";
    case Theme::Import: return "import";
    case Theme::DataType: return "type";
    case Theme::DecVal: return "number";
    case Theme::BaseN: return "number";
    case Theme::Float: return "number";
    case Theme::Constant: return "constant";
    case Theme::Comment: return "comment";
    case Theme::Documentation: return "comment";
    case Theme::CommentVar: return "comment";
    case Theme::Annotation: return "annotation";
    case Theme::Information: return "comment";
    case Theme::Warning: return "warning";
    case Theme::Alert: return "warning";
    // What is wrong by the definition's grammar may be only cut short: a page shows it as it is.
    default: return nullptr;
    }
}

/// The class of a kind of line in a diff, by its name: its style would give both kinds that of some other word, and be read
/// as the opposite by whoever knows the usual colours.
const char *className(const QString &name)
{
    if (name == QLatin1String("Removed line") || name == QLatin1String("Changed line (old)")) return "removed";
    if (name == QLatin1String("Added line") || name == QLatin1String("Changed line (new)")) return "added";
    if (name == QLatin1String("File") || name == QLatin1String("Header")) return "type";
    return nullptr;
}

/// Names that authors write and that no definition has as a name, an alias or a file ending.
const QHash<QString, QString> &otherNames()
{
    static const QHash<QString, QString> names{
        {QStringLiteral("asm"), QStringLiteral("GNU Assembler")},
        {QStringLiteral("astro"), QStringLiteral("HTML")},
        {QStringLiteral("batch"), QStringLiteral("MS-DOS Batch")},
        {QStringLiteral("console"), QStringLiteral("Bash")},
        {QStringLiteral("csharp"), QStringLiteral("C#")},
        {QStringLiteral("django"), QStringLiteral("Django HTML Template")},
        {QStringLiteral("docker"), QStringLiteral("Dockerfile")},
        {QStringLiteral("env"), QStringLiteral("INI Files")},
        {QStringLiteral("fortran"), QStringLiteral("Fortran (Free Format)")},
        {QStringLiteral("handlebars"), QStringLiteral("Mustache/Handlebars (HTML)")},
        {QStringLiteral("golang"), QStringLiteral("Go")},
        {QStringLiteral("hcl"), QStringLiteral("Terraform")},
        {QStringLiteral("jinja"), QStringLiteral("Django HTML Template")},
        {QStringLiteral("json5"), QStringLiteral("JSON")},
        {QStringLiteral("jsonc"), QStringLiteral("JSON")},
        {QStringLiteral("less"), QStringLiteral("LESSCSS")},
        {QStringLiteral("lisp"), QStringLiteral("Common Lisp")},
        {QStringLiteral("make"), QStringLiteral("Makefile")},
        {QStringLiteral("mustache"), QStringLiteral("Mustache/Handlebars (HTML)")},
        {QStringLiteral("node"), QStringLiteral("JavaScript")},
        {QStringLiteral("objc"), QStringLiteral("Objective-C")},
        {QStringLiteral("ocaml"), QStringLiteral("Objective Caml")},
        {QStringLiteral("patch"), QStringLiteral("Diff")},
        {QStringLiteral("php"), QStringLiteral("PHP/PHP")},
        {QStringLiteral("protobuf"), QStringLiteral("Protobuf")},
        {QStringLiteral("sass"), QStringLiteral("SASS")},
        {QStringLiteral("sh-session"), QStringLiteral("Bash")},
        {QStringLiteral("shell"), QStringLiteral("Bash")},
        {QStringLiteral("shellscript"), QStringLiteral("Bash")},
        {QStringLiteral("svelte"), QStringLiteral("HTML")},
        {QStringLiteral("svg"), QStringLiteral("XML")},
        {QStringLiteral("tex"), QStringLiteral("LaTeX")},
        {QStringLiteral("twig"), QStringLiteral("Django HTML Template")},
        {QStringLiteral("vb"), QStringLiteral("MonoBasic")},
        {QStringLiteral("vue"), QStringLiteral("HTML")},
    };
    return names;
}

}

Highlighting::Highlighting()
{
    for (const auto &definition : repository.definitions()) {
        definitions.insert(definition.name().toLower(), definition);
    }
    const auto &others = otherNames();
    for (auto name = others.begin(); name != others.end(); ++name) {
        const auto definition = repository.definitionForName(name.value());
        if (definition.isValid()) definitions.insert(name.key(), definition);
    }
}

std::optional<std::string> Highlighting::html(std::string_view language, std::string_view code)
{
    const auto definition = definitionFor(language);
    if (!definition.isValid()) return std::nullopt;
    setDefinition(definition);
    isDiff = definition.name() == QLatin1String("Diff");
    result.clear();
    result.reserve(code.size() * 3);
    State state;
    const auto text = QString::fromUtf8(code.data(), static_cast<int>(code.size()));
    int start = 0;
    while (start <= text.size()) {
        int end = text.indexOf(QLatin1Char('\n'), start);
        if (end < 0) end = text.size();
        line = text.mid(start, end - start);
        state = highlightLine(line, state);
        if (end < text.size()) result += '\n';
        start = end + 1;
    }
    return std::move(result);
}

Definition Highlighting::definitionFor(std::string_view language) const
{
    const auto name = QString::fromUtf8(language.data(), static_cast<int>(language.size())).toLower();
    const auto known = definitions.value(name);
    if (known.isValid()) return known;
    // Looked at as the name of a file only where it can be nothing else.
    for (const auto letter : name) {
        if (!letter.isLetterOrNumber() && letter != QLatin1Char('+') && letter != QLatin1Char('-')) return {};
    }
    const auto named = repository.definitionForFileName(QLatin1String("x.") + name);
    return named.isValid() ? named : repository.definitionForFileName(name);
}

void Highlighting::applyFormat(int offset, int length, const Format &format)
{
    if (length == 0) return;
    const auto words = QStringView(line).mid(offset, length);
    const char *name = nullptr;
    if (format.isValid()) name = isDiff ? className(format.name()) : className(format.textStyle());
    if (!name) {
        append(words);
        return;
    }
    result += "<span class=\"code-";
    result += name;
    result += "\">";
    append(words);
    result += "</span>";
}

void Highlighting::append(QStringView text)
{
    const auto bytes = text.toUtf8();
    for (const char byte : bytes) {
        switch (byte) {
        case '&': result += "&amp;"; break;
        case '<': result += "&lt;"; break;
        case '>': result += "&gt;"; break;
        case '"': result += "&quot;"; break;
        default: result += byte;
        }
    }
}
