using ColdChain.Core.Isbt;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api.Forms;

/// <summary>The page for a scanner: each scan is a form. What was scanned of a label that is not complete yet stands in the next form.</summary>
internal static class ScanForms
{
    public static void MapScan(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scan", (HttpContext context, Caller caller, ScanDesk desk) => desk.ShowAsync(context, caller)).Needs(Permission.EnterContents);
        routes.MapPost("/scan", (HttpContext context, Caller caller, ScanDesk desk) => desk.TakeAsync(context, caller)).Needs(Permission.EnterContents);
    }
}

/// <summary>Takes scans: what they say, what follows, and what may be issued now.</summary>
internal sealed class ScanDesk(Sources sources, Func<Placements> placements, StockPages pages)
{
    // A label has five barcodes.
    private const int ScansMax = 10;

    /// <summary>The page before anything was scanned.</summary>
    public Task<IResult> ShowAsync(HttpContext context, Caller caller) =>
        pages.ScanAsync(context.Request, Empty(caller, context.Request.Query["what"], context.Request.Query["unit"], context.Request.Query["product"]));

    /// <summary>One more scan.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, Caller caller)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var view = Empty(caller, form["what"], form["unit"], form["product"]);
        List<string> scans = [.. form["scanned"].OfType<string>().TakeLast(ScansMax), $"{form["scan"]}".Trim()];
        try
        {
            var label = Label(scans);
            var product = view.Product.Length > 0 ? view.Product : label.Product?.Value;
            return await pages.ScanAsync(context.Request, label.Donation is null || product is null
                ? view with { Scans = scans, Missing = label.Donation is null ? "donation" : "product" }
                : view with { Done = await EnterAsync(caller, view, BloodUnit.Parse(label.Donation.Value.Value, product), label, context.RequestAborted) });
        }
        catch (RefusalException refusal)
        {
            context.Features.Set(new FormFault(ProblemAnswers.StatusOf(refusal.Kind), refusal));
            return await pages.ScanAsync(context.Request, view with { Scans = [.. scans.SkipLast(1)] });
        }
    }

    private ScanView Empty(Caller caller, string? what, string? unit, string? product) => new()
    {
        What = what is "in" or "out" or "move" ? what : "in",
        Unit = unit ?? "",
        Product = product ?? "",
        Units = pages.UnitsOf(caller),
        Products = [.. sources.Packs.SelectMany(pack => pack.Rules).Select(rule => rule.Product).Distinct().Order(StringComparer.Ordinal)],
    };

    // What a scanner sends says so by its first character. What is typed is a donation number, and needs its check character: a slip of the hand would
    // name another blood unit.
    private static LabelScan Label(IEnumerable<string> scans)
    {
        var label = LabelScan.Empty;
        foreach (var scan in scans)
        {
            if (scan is ['=' or '&' or ']', ..])
            {
                label = label.TryAdd(scan, out var next, out var error) ? next : throw RefusalException.OfText("scan", error);
            }
            else if (!DonationNumber.TryParse(scan, out var typed, out var fault))
            {
                throw RefusalException.OfText("scan", fault);
            }
            else
            {
                label = label.Donation is { } other && other != typed
                    ? throw new RefusalException(RefusalKind.Invalid, "scan", $"the donation number '{typed}' contradicts '{other}', which was scanned before", "scan one label only")
                    : label with { Donation = typed };
            }
        }

        return label;
    }

    private async Task<ScannedView> EnterAsync(Caller caller, ScanView view, BloodUnit bloodUnit, LabelScan label, CancellationToken cancellation)
    {
        var now = sources.Now;
        var entered = await sources.Store.WriteAsync(WritePriority.Decision, transaction => Enter(transaction, caller, view, bloodUnit, label, now), cancellation, caller.Actor);
        var answer = sources.Store.Read(session => IssueCheck.Ask(session, sources.Fleet, sources.Packs, placements(), bloodUnit, sources.Store.Health, sources.Now));
        return new ScannedView(
            view.What,
            DonationNumber.TryParseValue(bloodUnit.Donation, out var number) ? number.ToLabel() : bloodUnit.Donation,
            bloodUnit.Product,
            sources.Fleet.FindUnit(entered.Stay.Unit)?.Name ?? entered.Stay.Unit.Value,
            $"/blood-units/{bloodUnit.Donation}/{bloodUnit.Product}",
            answer.Answer,
            answer.Reasons);
    }

    private EnteredStay Enter(StoreTransaction transaction, Caller caller, ScanView view, BloodUnit bloodUnit, LabelScan label, Instant now)
    {
        var from = view.What == "in" ? (StorageUnitId?)null : ContentsEntry.Present(transaction, bloodUnit);
        if (from is { } present)
        {
            caller.Require(Permission.EnterContents, sources.Fleet, present);
        }

        if (view.What == "out")
        {
            return ContentsEntry.Leave(transaction, sources.Fleet, from!.Value, bloodUnit, now, now); // It is present somewhere.
        }

        var unit = ContentsEntry.Required(sources.Fleet, Parameters.Unit(view.Unit));
        caller.Require(Permission.EnterContents, sources.Fleet, unit.Id);
        var stay = new NewStay(unit.Id, bloodUnit, now, null) { Label = label };
        return from is { } before
            ? ContentsEntry.Move(transaction, sources.Fleet, sources.Packs, before, stay, now)
            : ContentsEntry.Enter(transaction, sources.Fleet, sources.Packs, stay, now);
    }
}
