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
        var command = new Command(
            "verify-bundle",
            "Verifies the bundle of a report without any database. The exit code is 0 when all in it is as it was written, 1 when anything is not, 2 when FILE or the key cannot be read. "
            + "Without --key nobody knows who wrote it, and 0 does not say that.") { Bundle, Key };
        command.SetAction(Verify);
        return command;
    }

    private static int Verify(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var (path, keyPath) = (parsed.GetValue(Bundle)!, parsed.GetValue(Key)); // The parser requires a bundle.
        if (!TryRead(keyPath, out var key, out var problem))
        {
            error.WriteLine($"--key {keyPath}: {problem} Name the {AnchorKey.PublicFileName} of the server that wrote the bundle.");
            return WrongUse;
        }

        try
        {
            using var file = File.OpenRead(path);
            if (!file.CanSeek)
            {
                error.WriteLine($"{path}: it can be read only once, as a pipe can. Save the bundle as a file and name that.");
                return WrongUse;
            }

            return Tell(output, BundleVerification.Verify(file, key), key is not null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine($"FILE {path}: {failure.Message} Name a file that this user may read.");
            return WrongUse;
        }
    }

    // Without a path there is nothing to read, and no problem.
    private static bool TryRead(string? keyPath, out string? key, out string problem)
    {
        (key, problem) = (null, "");
        try
        {
            key = keyPath is null ? null : File.ReadAllText(keyPath);
            problem = key is null ? ""
                : PublicKeyText.IsPrivate(key) ? "It is a private key, which never leaves the server that signs with it."
                : PublicKeyText.IsKey(key) ? ""
                : "It is no public key of the curve P-256 in PEM.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = failure.Message;
        }

        return problem.Length == 0;
    }

    private static int Tell(TextWriter output, BundleVerdict verdict, bool isKeyGiven)
    {
        TellKey(output, verdict.Fingerprint, isKeyGiven);
        if (verdict.Head is { } head)
        {
            output.WriteLine($"Report {Shown(head.Number)}, {(head.Revision == 0 ? "a draft" : $"revision {head.Revision}")}, made {head.MadeAt}, of record store {Shown(head.Store)}; {verdict.Files} files");
            TellSignatures(output, verdict, head);
        }

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

        output.WriteLine(isKeyGiven ? "The bundle is as it was written." : "The bundle is whole, ORIGIN NOT CHECKED: it is as whoever has the key in it wrote it.");
        return Right;
    }

    // First of all: anybody can change a bundle and sign it again with a key of his own, and then everything below is right.
    private static void TellKey(TextWriter output, string? fingerprint, bool isKeyGiven)
    {
        var signed = fingerprint is null ? "No key in it." : $"It brings the key with SHA-256 {fingerprint}.";
        output.WriteLine(
            isKeyGiven ? signed
            : $"ORIGIN NOT CHECKED: without --key, anybody could have written and signed this. {signed} Compare that with the {AnchorKey.PublicFileName} of the server, kept elsewhere, or name that with --key.");
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
