using System.CommandLine;
using ColdChain.Core.Reporting;
using ColdChain.Server.Audit;
using ColdChain.Server.Reports.Bundle;

namespace ColdChain.Server.Commands;

/// <summary><c>verify-bundle</c>: reads the bundle of a report, on any machine, and says whether it is as the server wrote it.</summary>
internal static class VerifyBundleCommand
{
    private const int Right = 0;
    private const int Wrong = 1;
    private const int WrongUse = 2;

    private static readonly Argument<string> Bundle = new("FILE") { Description = "The bundle" };
    private static readonly Option<string?> Key = new("--key") { Description = $"The public key of the server, {AnchorKey.PublicFileName}, from where it was kept apart from the bundle" };

    public static Command Create()
    {
        var command = new Command("verify-bundle", "Verifies the bundle of a report without any database; the exit code is 1 when anything in it is not as it was written.") { Bundle, Key };
        command.SetAction(Verify);
        return command;
    }

    private static int Verify(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var keyPath = parsed.GetValue(Key);
        try
        {
            var key = keyPath is null ? null : File.ReadAllText(keyPath);
            using var file = File.OpenRead(parsed.GetValue(Bundle)!); // The parser requires it.
            return Tell(output, BundleVerification.Verify(file, key), key is not null);
        }
        catch (ArgumentException failure) when (keyPath is not null)
        {
            error.WriteLine($"{keyPath}: {failure.Message} Name the {AnchorKey.PublicFileName} of the server that wrote the bundle with --key.");
            return WrongUse;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"{failure.Message} Name a file that this user may read.");
            return WrongUse;
        }
    }

    private static int Tell(TextWriter output, BundleVerdict verdict, bool isKeyGiven)
    {
        if (verdict.Head is { } head)
        {
            output.WriteLine($"Report {Shown(head.Number)}, {(head.Revision == 0 ? "a draft" : $"revision {head.Revision}")}, made {head.MadeAt}, of record store {Shown(head.Store)}; {verdict.Files} files");
            TellSignatures(output, verdict, head);
        }

        output.WriteLine(
            verdict.Fingerprint is null ? "No key in it."
            : isKeyGiven ? $"The key in it has SHA-256 {verdict.Fingerprint}."
            : $"The key in it has SHA-256 {verdict.Fingerprint}. Compare that with the key of the server from elsewhere, or name that with --key: without it, anybody could have signed this.");
        foreach (var problem in verdict.Problems)
        {
            output.WriteLine($"WRONG: {problem}.");
        }

        if (verdict.Untold > 0)
        {
            output.WriteLine($"WRONG: {verdict.Untold} more of the same.");
        }

        if (!verdict.IsRight)
        {
            return Wrong;
        }

        output.WriteLine("The bundle is as it was written.");
        return Right;
    }

    private static void TellSignatures(TextWriter output, BundleVerdict verdict, BundleHead head)
    {
        foreach (var signature in verdict.Signatures)
        {
            output.WriteLine($"Signed as {ReportSigning.WordOf(signature.Meaning)} by {Shown(signature.Name)} ({Shown(signature.Account)}) at {signature.At}");
        }

        if (head.VoidAt is { } at)
        {
            output.WriteLine($"VOID since {at}: {Shown(head.VoidReason ?? "no reason is given")} No signature counts any more.");
        }

        var than = head.VoidAt is null ? "" : ", which are others than those that the void revision was made from";
        output.WriteLine($"Samples, packs and audit events as they were stored at {head.ReadAt}{than}");
    }

    private static string Shown(string text) => Core.Wire.ShownText.Of(text, 200);
}
