namespace ColdChain.Server.Reports.Bundle;

/// <summary>The words for the fields of a container's headers, by the place of a byte in them (APPNOTE 4.3.7 and 4.3.12).</summary>
internal static class HeaderFields
{
    private static readonly (int Until, string Word)[] Local =
    [
        (4, "mark"), (6, "version"), (8, "set of flags"), (10, "method (it is compressed)"), (14, "time"), (18, "checksum (not that of the contents)"), (26, "length"), (30, "length of its name or extra fields"),
    ];

    private static readonly (int Until, string Word)[] Directory =
    [
        (4, "mark"), (8, "version"), (10, "set of flags"), (12, "method (it is compressed)"), (16, "time"), (20, "checksum"), (28, "length"), (34, "length of its name, extra fields or comment"), (42, "set of attributes"), (46, "place"),
    ];

    /// <summary>What a byte of a local header is part of.</summary>
    public static string OfLocal(int place) => Of(Local, place);

    /// <summary>What a byte of a header in the directory is part of.</summary>
    public static string OfDirectory(int place) => Of(Directory, place);

    private static string Of((int Until, string Word)[] fields, int place) => fields.FirstOrDefault(field => place < field.Until).Word ?? "name";
}
