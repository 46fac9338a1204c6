using System.Text;

namespace ColdChain.Fuzz.Tests.Configuration;

/// <summary>What YAML has that our files do not need, and files that are too large to keep.</summary>
internal static class YamlWords
{
    public static IReadOnlyList<byte[]> All { get; } = Bytes(
        "\n", "\n  ", "\n    ", "\t", "- ", ": ", "? ", "| \n", "> \n", "|+9\n", "[", "]", "{", "}", ", ", "# ", "&a ", "*a", "<<: *a", "!!binary ", "!!int ", "!x ", "%YAML 1.2\n",
        "---\n", "...\n", "\"", "'", "\"\\x07\"", "\"\\uD800\"", "\"\\U0001FA78\"", "~", "null", "true", "yes", "0x1F", "0o7", ".inf", ".nan", "1e308", "-0", "\u00a0", "\u2028",
        "2026-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "id: ", "name: ", "site: ", "from: ", "to: ");

    /// <summary>Nesting that would take the stack with it, and aliases that make much of little or go in circles.</summary>
    public static IEnumerable<byte[]> Bombs => Bytes(
        Repeat("[", 100_000),
        Repeat("{a: ", 100_000),
        Repeat("- ", 100_000),
        Repeat("? ", 100_000),
        string.Concat(Enumerable.Range(0, 2000).Select(depth => $"{new string(' ', depth)}a:\n")),
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range('b', 20).Select(letter =>
            $"{(char)letter}: &{(char)letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 10))}]\n")),
        "a: &a [*a]",
        "&a {*a : 1}",
        "? &a [*a]\n: 1",
        "&a [&b {c: *a, *b : *b}]",
        string.Concat(Enumerable.Range(0, 5000).Select(number => $"key{number}: 1\n")));

    /// <summary>Text without end.</summary>
    public static IEnumerable<byte[]> Floods => Bytes(
        $"a: {Repeat("x", 10 * 1024 * 1024)}",
        $"a: \"{Repeat("\\n", 5 * 1024 * 1024)}\"",
        Repeat("\t", 10 * 1024 * 1024),
        Repeat("\n", 10 * 1024 * 1024),
        Repeat("x", (16 * 1024 * 1024) + 1),
        Repeat("---\n", 50_000),
        string.Concat(Enumerable.Range(0, 10_000).Select(number => $"? [&a{number} {{}}]\n: 1\n")));

    /// <summary>A text as bytes, several times over.</summary>
    public static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
