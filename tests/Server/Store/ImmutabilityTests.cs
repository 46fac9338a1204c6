using ColdChain.Core.Alerting;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Tests.Store;

public sealed class ImmutabilityTests
{
    [Theory]
    [InlineData("UPDATE packs SET bytes = x'00'")]
    [InlineData("DELETE FROM packs")]
    [InlineData("UPDATE conflicts SET other = x'00'")]
    [InlineData("DELETE FROM conflicts")]
    [InlineData("UPDATE refused SET reason = 'none'")]
    [InlineData("DELETE FROM refused")]
    [InlineData("UPDATE events SET payload = '{}'")]
    [InlineData("DELETE FROM events")]
    [InlineData("UPDATE fleet_versions SET text = ''")]
    [InlineData("DELETE FROM fleet_versions")]
    [InlineData("DELETE FROM contents")]
    [InlineData("UPDATE windows SET to_at = to_at + 1")]
    [InlineData("DELETE FROM windows")]
    [InlineData("UPDATE window_ends SET ended_at = 0")]
    [InlineData("DELETE FROM window_ends")]
    [InlineData("DELETE FROM conditions")]
    [InlineData("UPDATE case_entries SET note = 'other'")]
    [InlineData("DELETE FROM case_entries")]
    [InlineData("UPDATE proposals SET reason = 'other'")]
    [InlineData("DELETE FROM proposals")]
    [InlineData("UPDATE dispositions SET reason = 'other'")]
    [InlineData("DELETE FROM dispositions")]
    [InlineData("UPDATE reopened_dispositions SET reason = 'other'")]
    [InlineData("DELETE FROM reopened_dispositions")]
    [InlineData("UPDATE follow_ups SET note = 'other'")]
    [InlineData("DELETE FROM follow_ups")]
    [InlineData("UPDATE hold_notices SET payload = '{}'")]
    [InlineData("DELETE FROM hold_notices")]
    [InlineData("UPDATE notice_attempts SET is_taken = 1")]
    [InlineData("DELETE FROM notice_attempts")]
    [InlineData("UPDATE notice_receipts SET at = 0")]
    [InlineData("DELETE FROM notice_receipts")]
    [InlineData("DELETE FROM accounts")]
    [InlineData("UPDATE accounts SET name = 'somebody-else'")]
    [InlineData("DELETE FROM api_tokens")]
    [InlineData("UPDATE api_tokens SET scopes = 'read'")]
    [InlineData("UPDATE incidents SET cause = 'power:x'")]
    [InlineData("DELETE FROM incidents")]
    [InlineData("UPDATE incident_members SET at = 0")]
    [InlineData("DELETE FROM incident_members")]
    [InlineData("UPDATE acknowledgements SET action = ''")]
    [InlineData("DELETE FROM acknowledgements")]
    [InlineData("UPDATE shelvings SET until = 0")]
    [InlineData("DELETE FROM shelvings")]
    [InlineData("UPDATE shelving_seconds SET at = 0")]
    [InlineData("DELETE FROM shelving_seconds")]
    [InlineData("UPDATE shelving_ends SET at = 0")]
    [InlineData("DELETE FROM shelving_ends")]
    [InlineData("UPDATE notifications SET reason = ''")]
    [InlineData("DELETE FROM notifications")]
    [InlineData("UPDATE messages SET made_at = 0")]
    [InlineData("DELETE FROM messages")]
    [InlineData("UPDATE message_items SET message = 2")]
    [InlineData("DELETE FROM message_items")]
    [InlineData("UPDATE message_states SET state = ''")]
    [InlineData("DELETE FROM message_states")]
    [InlineData("UPDATE on_call_slots SET to_at = to_at + 1")]
    [InlineData("DELETE FROM on_call_slots")]
    [InlineData("UPDATE on_call_removals SET removed_at = 0")]
    [InlineData("DELETE FROM on_call_removals")]
    [InlineData("UPDATE report_revisions SET content = x'00'")]
    [InlineData("DELETE FROM report_revisions")]
    [InlineData("UPDATE report_signatures SET meaning = 'approved'")]
    [InlineData("DELETE FROM report_signatures")]
    [InlineData("UPDATE report_voids SET reason = 'other'")]
    [InlineData("DELETE FROM report_voids")]
    public async Task Row_Stored_IsNeverRewrittenOrDeleted(string sql)
    {
        await using var open = new OpenStore();
        await open.Write(StoreOneOfEach);

        var rewrite = () => open.Write(transaction => transaction.Execute(sql));

        (await rewrite.Should().ThrowAsync<SqliteException>()).WithMessage("*never*");
    }

    private static void StoreOneOfEach(StoreTransaction transaction)
    {
        var (bytes, now) = (PackCodec.Encode(Some.Pack(1, 1)), Some.Start);
        PackStore.Insert(transaction, Some.PackRow(Some.Pack(1, 1)));
        ConflictStore.TryInsert(transaction, new ConflictRow(0, Some.Reading(1).Key, Some.Probe, now, bytes, bytes, now, now));
        RefusedStore.TryInsert(transaction, new Refusal(Some.Device, Some.Epoch, 1, "why", bytes, now));
        EventLog.Append(transaction, now, EventKinds.FleetLoaded, null, "", new { });
        FleetVersionStore.Append(transaction, "text", now);
        ConditionStore.Save(transaction, new ConditionRow { Unit = new StorageUnitId("fridge-1"), Condition = new(default, Some.Probe, now, null, null), DiscoveredAt = now, UpdatedAt = now });
        ContentsStore.TryEnter(transaction, new ContentsRow(0, new StorageUnitId("fridge-1"), "G123498654321", "RBC", now, null, now, null));
        var amina = AccountStore.Insert(transaction, new AccountRow(0, "amina", "Amina", "fr", "", MustChange: true, now, null));
        ApiTokenStore.Insert(transaction, new ApiTokenRow("lims", [1], ["wall"], "nation", now, null));
        StoreACase(transaction, now);
        StoreOneOfEachAlert(transaction, amina.Id);
        var report = ReportStore.Append(transaction, new ReportRow(0, "AL_2026-11", 0, "", null, null, "00", now), "{}"u8.ToArray());
        ReportStore.Sign(transaction, new ReportSignatureRow(report.Id, SignatureMeaning.Prepared, "amina", "Amina", now, "UTC", "I prepared it.", "00"));
        ReportStore.TryVoid(transaction, new ReportVoidRow(report.Id, now, "why", "01"));
        var window = WindowStore.Insert(transaction, new WindowRow(0, new StorageUnitId("fridge-1"), WindowKinds.Maintenance, null, now, now + TimeSpan.FromHours(1), "why", "who", now, null, null));
        WindowStore.End(transaction, window, now + TimeSpan.FromMinutes(1), "who");
    }

    private static void StoreACase(StoreTransaction transaction, Instant now)
    {
        var unit = new StorageUnitId("fridge-1");
        var exposure = ExposureStore.Insert(transaction, new ExposureRow
        {
            Donation = "G123498654321", Product = "RBC", Unit = unit, Allowance = "limits", Verdict = ExposureWords.Hold, OnlyPossible = false, Since = now, Detail = "{}", DiscoveredAt = now, UpdatedAt = now,
        });
        var ground = Ground.Exposure(exposure.Id);
        var hold = HoldStore.TryPlace(transaction, new HoldRow
        {
            Kind = HoldWords.BloodUnit, Unit = unit, Donation = "G123498654321", Product = "RBC", ExposureId = exposure.Id, Since = now, PlacedAt = now, StateAt = now,
        })!; // There was none.
        CaseStore.Insert(transaction, new CaseRow(0, ground, 1, CaseKinds.Assessment, "", "short", "amina", now));
        ProposalStore.Insert(transaction, new ProposalRow(0, hold.Id, DecisionKind.Release, "short", 1, "tariq", now));
        FollowUpStore.Insert(transaction, new FollowUpRow(0, ground, hold.Donation, hold.Product, "recalled", "", "amina", now));
        DecisionStore.Sign(transaction, hold, new DecisionRow(0, hold.Id, DecisionKind.Release, "amina", now, "short", 0, 1, null, exposure.Id));
        DecisionStore.Review(transaction, exposure with { Version = 2 }, isCountedAnew: false, now);
        NoticeStore.Append(transaction, new NoticeRow(0, 1, now, EventKinds.HoldPlaced, unit, hold.Id, "{}"));
        var notice = NoticeStore.Read(transaction, after: 0, max: 1).Single().Id;
        NoticeStore.Attempt(transaction, notice, now, isTaken: false, "why");
        NoticeStore.Receive(transaction, notice, "token:lims", now);
    }

    private static void StoreOneOfEachAlert(StoreTransaction transaction, long account)
    {
        var (now, later) = (Some.Start, Some.Start + TimeSpan.FromHours(1));
        var incident = IncidentStore.Insert(transaction, new IncidentRow { Cause = new Cause(CauseKind.Power, "rabat"), Site = "rabat", OpenedAt = now, Since = now, State = IncidentState.Open(Severity.Warning, wakes: true, now) }).Id;
        IncidentStore.AddMember(transaction, new IncidentMember(incident, "condition:1", GoesOn: true, Severity.Warning, null, now, now, 1));
        AcknowledgementStore.Insert(transaction, new AcknowledgementRow(incident, "amina", now, later, "why", AcknowledgedBy.Page), account);
        var shelving = AcknowledgementStore.Shelve(transaction, new ShelvingRow(0, incident, "why", new Shelving("amina", null, Severity.Warning, now, later), null), account);
        AcknowledgementStore.Confirm(transaction, shelving, account, now);
        AcknowledgementStore.EndShelving(transaction, shelving, account, now);
        var told = NotificationStore.TryInsert(transaction, new NotificationRow(0, incident, 1, 0, account, AlertChannel.Sms, new SendDecision(true, SendReason.Due), now))!;
        MessageStore.Insert(transaction, new MessageRow(0, account, AlertChannel.Sms, now), [told.Id]);
        var slot = OnCallStore.Insert(transaction, new OnCallSlot(0, ColdChain.Core.People.Scope.Nation, account, "amina", Duty.First, now, later, "who"), now);
        OnCallStore.Remove(transaction, slot.Id, "who", now);
    }
}
