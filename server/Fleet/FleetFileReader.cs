using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>The fleet file on disk.</summary>
internal static class FleetFileReader
{
    // A character has at most three bytes in UTF-8 for each of the units that the reader counts.
    private const long BytesMax = 3L * FleetReader.LengthMax;

    /// <summary>Reads the file; false with every error, each with its place and cure, when there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rules">The storage rules that exist; null when that is not known.</param>
    /// <param name="text">Its text; empty when it cannot be read.</param>
    /// <param name="fleet">The fleet; empty when there are errors.</param>
    /// <param name="errors">What is wrong.</param>
    public static bool TryRead(string path, IReadOnlyDictionary<RuleKey, StorageRule>? rules, out string text, out FleetHistory fleet, out IReadOnlyList<string> errors)
    {
        (text, fleet) = ("", FleetHistory.Empty);
        try
        {
            // Looked at before it is read: a wrong path may name something larger than the memory.
            if (new FileInfo(path) is { Exists: true, Length: > BytesMax } file)
            {
                errors = [$"The fleet file {path} has {file.Length} bytes, more than {BytesMax}. Give the path of a fleet file."];
                return false;
            }

            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            errors = [$"The fleet file {path} does not exist. Write one (docs/operations.md shows how), or name another with 'fleet' or --fleet."];
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors = [$"The fleet file {path} cannot be read: {error.Message} Let the server's user read it."];
            return false;
        }

        var isGood = FleetReader.TryRead(text, rules, out fleet, out var found);
        errors = [.. found.Select(error => $"{Path.GetFileName(path)}, {error}")];
        return isGood;
    }
}
