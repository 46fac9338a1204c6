using System.CommandLine;
using ColdChain.Server.Audit;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Commands;

/// <summary><c>audit verify</c>: reads a record store, which a server may be using, and says whether its audit trail is as it was written.</summary>
internal static class AuditCommand
{
    private const int Right = 0;
    private const int Wrong = 1;
    private const int WrongUse = 2;

    private static readonly Option<string> Data = DataFolder.Option("The server's data folder, or a backup of it");
    private static readonly Option<string?> Anchors = new("--anchors") { Description = "The file of anchors, from where it was kept apart from the database" };
    private static readonly Option<string?> Key = new("--key") { Description = $"The public key of the anchors; {AnchorKey.PublicFileName} of the data folder unless given" };

    public static Command Create()
    {
        var verify = new Command("verify", "Verifies the audit trail; the exit code is 1 when an entry was changed, taken out, put in, moved or cut off.") { Data, Anchors, Key };
        verify.SetAction(Verify);
        return new Command("audit", "The audit trail.") { verify };
    }

    private static int Verify(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var reading = StoreFile.Read(DataFolder.StoreOf(parsed.GetValue(Data)!), session => Read(session, parsed)); // It has a default.
            return Tell(output, reading.Anchors, reading.Trail);
        }
        catch (Exception failure) when (failure is StoreOpenException or ConfigurationException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(failure.Message);
            return WrongUse;
        }
    }

    private static (AnchorReading? Anchors, TrailResult Trail) Read(StoreSession session, ParseResult parsed)
    {
        var anchors = parsed.GetValue(Anchors) is { } path ? ReadAnchors(session, path, parsed.GetValue(Key) ?? Path.Combine(parsed.GetValue(Data)!, AnchorKey.PublicFileName)) : null;
        return (anchors, TrailVerification.Verify(session, anchors?.Anchors));
    }

    private static AnchorReading ReadAnchors(StoreSession session, string path, string keyPath)
    {
        try
        {
            return AnchorReader.Read(File.ReadLines(path), File.ReadAllText(keyPath), EventChain.StoreIdOf(session));
        }
        catch (ArgumentException error)
        {
            throw new ConfigurationException([$"{keyPath} is no public key in PEM: {error.Message} Name the {AnchorKey.PublicFileName} of the server that wrote the anchors with --key."]);
        }
    }

    private static int Tell(TextWriter output, AnchorReading? anchors, TrailResult trail)
    {
        output.WriteLine($"{trail.Entries} entries, the last is {trail.LastId}, head {Convert.ToHexStringLower(trail.Head)}");
        output.WriteLine(trail.Anchored is { } anchored
            ? $"{anchors!.Anchors.Count} anchors, the last one that agrees covers entry {anchored}" // Without a reading nothing is anchored.
            : "No anchors given: an end that was cut off, an older backup and a chain computed anew are not found without them (--anchors FILE).");
        string?[] problems = [anchors?.Problem, trail.Problem];
        foreach (var problem in problems.OfType<string>())
        {
            output.WriteLine($"WRONG: {problem}.");
        }

        if (problems.Any(problem => problem is not null))
        {
            return Wrong;
        }

        output.WriteLine("The audit trail is as it was written.");
        return Right;
    }
}
