using System.Globalization;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I8: what was told stays told, and versions only grow. And the order of I6: what an event tells of is held by then.</summary>
internal sealed class LogChecks(Site site)
{
    private readonly List<string> _events = [];
    private readonly List<string> _versions = [];

    public IEnumerable<Violation> AtAnyTime() =>
        Kept("the event log", _events, "SELECT id, at, kind, unit, subject, payload FROM events ORDER BY id")
            .Concat(Kept("the versions of findings", _versions, "SELECT * FROM finding_versions"))
            .Concat(Unheld());

    private IEnumerable<Violation> Kept(string what, List<string> known, string sql)
    {
        var now = Lines(sql);
        var missing = known.Except(now).ToList();
        known.Clear();
        known.AddRange(now);
        return missing.Select(line => new Violation("I8", $"{what} no longer has {line}"));
    }

    private List<string> Lines(string sql) => site.Session.Query(
        sql, row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture))));

    private IEnumerable<Violation> Unheld() => site.Session.Query(
        """
        SELECT f.id FROM findings f
        WHERE f.status = 'current' AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.finding = f.id AND h.kind = 'storage-unit' AND h.state = 'held')
        """,
        row => new Violation("I6", $"finding {row.GetInt64(0)} stands, and its storage unit is not held for it"));
}
