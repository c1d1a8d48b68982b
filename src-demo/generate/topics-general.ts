// What tickets are about anywhere; see topics.ts for the notation.
export const generalTopics = `
# Network>VPN
VPN (drops|disconnects|keeps dropping) (at home|in the afternoon|every few minutes)
The VPN on {host} (drops|disconnects) about every {n} minutes when I work from home. Wi-Fi is fine for everything else. Started (on Monday|after the last update|this week).
- Event log on {host} shows dead peer detection timeouts. Client is two versions behind.
- Updated VPN client and set DPD to 30 s. Watched for {n} minutes, stable.
> Thanks, I will try it from home tonight and let you know.
# Network>VPN
Cannot connect to VPN after password change
Changed my password this morning as asked and now the VPN says authentication failed. {host}.
- Cached credential in Windows credential manager was stale. Cleared it.
- User connected while on the phone. Closing.
# Hardware>Printer
Printer (offline|not printing|shows offline) at {site}
Nobody at {site} can print. The printer has a green light but the queue just fills up. {n} jobs waiting.
- Spooler restarted, queue cleared. Printer had picked up a new DHCP address.
- Added a reservation for the printer and updated the port on the print server. Test page fine.
> It printed everything twice but it works now!
# Hardware>Printer (request)
Printer streaks on every page
Black lines down the (left|right) side of every page on the printer at {site}. Changed the toner already.
- Drum unit at 3%. Ordered a replacement under the print contract.
- Drum fitted by {first}, output clean.
# Accounts>Onboarding (request)
New starter (Monday|next week|on the 1st): {name}
Please set up a new starter. Name {name}, same access as the rest of the team at {site}. Needs a laptop, mailbox, the shared drive and MFA.
- Account and mailbox created, licence assigned, added to the {site} groups.
- Laptop built from the standard image, {host} assigned. Welcome sheet sent to the line manager.
- MFA registered with the user on the first morning. Done.
> Thank you, start time is 08:30 on the day.
# Accounts>Offboarding (request)
Leaver: please close account of {name}
{name} is leaving on Friday. Please block sign-in at 17:00, forward the mailbox for {n} days and collect {host}.
- Sign-in blocked at 17:00, sessions revoked, mailbox converted to shared.
- {host} collected and wiped. Licence released.
# Security>Phishing
Phishing mail (reported|received) by {first}
I got a mail that says my mailbox is full and I have to sign in. I (did not click|think I clicked) the link. {n} colleagues got the same.
- Message traced, purged from {n} mailboxes, sender domain blocked.
- Sign-in logs checked: no foreign sign-in. Password reset as a precaution, sessions revoked.
> Should I warn the others at {site}?
# Accounts>Password
Account locked out (again|after holiday)
Locked out of my account on {host} since this morning. I have not typed it wrong.
- Lockouts came from an old phone with the previous password.
- Phone profile removed, account unlocked, user signed in.
# Accounts>MFA (request)
Reset MFA for {name}, new phone
I have a new phone and the authenticator did not come across. Cannot sign in to anything.
- Identity confirmed by call-back to the number on file. MFA methods cleared.
- New registration completed with the user.
# Servers>Backup (alert)
Backup (failed|failed with warnings) on {host}
Automatic alert: nightly backup of {host} finished with errors. {n} GB not protected.
- VSS writer timed out during the database dump. Writers restarted.
- Re-ran the job by hand, completed in {n} minutes. Same pattern as at {other} last month.
# Servers>Disk (alert)
Disk space low on {host}
Automatic alert: drive C: on {host} has {n} percent free.
- Old update files and logs removed, {n} GB recovered.
- Added to the list for a larger disk at renewal.
# Licensing>Microsoft 365 (request)
Microsoft 365 licence question
We have {n} Business Premium licences on the invoice but I count fewer people. Can you check which ones are unused?
- Exported the licence list and compared it with active sign-ins.
- Two unassigned licences found, removed at next renewal date. List sent to the customer.
> Great, please do that from next month.
# Software>Outlook
Outlook search finds nothing
Search in Outlook on {host} returns nothing newer than last month.
- Index rebuilt, cached mode set to 12 months.
- Search confirmed by {first}.
# Software>Outlook
Shared mailbox not showing for {name}
I was added to the shared mailbox for {site} {n} days ago and it still does not show up.
- Automapping had not applied; permission removed and added again.
- Visible after a restart of Outlook.
# Hardware>Laptop
Laptop {host} (very slow|freezes|overheats)
The laptop takes {n} minutes to start and freezes with more than a few tabs open.
- Memory at 94% with browser and Teams. Startup items cleaned.
- Ordered 16 GB upgrade, fitted at {site}. Much better.
> It is better but still loud. Can you have a look when you are here?
# Hardware>Dock
Screen flickers at the dock
Second screen goes black for a second when I touch the cable. {host} at {site}.
- Dock firmware updated, no change.
- Cable swapped, fixed. Cable was the third of that batch.
# Network>Wi-Fi
Wi-Fi weak in (meeting room|reception|the back office)
Since the furniture moved the Wi-Fi at {site} is hardly usable in the far corner. Video calls drop.
- Signal -78 dBm at the desk. Channel overlap with the neighbour.
- Access point moved and channel plan changed, -58 dBm now.
# Network>Internet
Internet down at {site}
No internet at {site} since {n} minutes. Phones are dead as well. We cannot work.
- Router up, no carrier. Provider confirms a fault in the area.
- Moved to 5G backup, users working.
- Line restored by the provider at 14:20, failback done. Reason: damaged cabinet.
> Any news? Customers are waiting here.
# Servers>Files (request)
Please restore a deleted folder
Somebody deleted the folder "Contracts {n}" on the shared drive, probably on (Tuesday|Thursday). Can it be restored?
- Found in the snapshot of the night before. Restored next to the original path.
- {first} confirmed that everything is there.
# Servers>Certificate (alert)
Certificate expires in {n} days
Automatic alert: the certificate of the remote desktop gateway at {company} expires in {n} days.
- Renewed and bound, service restarted outside hours.
- External check shows the new date. Closing.
# Software>Teams
Teams calls: nobody hears me
Colleagues cannot hear me in Teams on {host}. It works on the phone.
- Headset was set as output only. Driver updated.
- Test call fine.
# Software>Install (request)
Software install: {first} needs (Acrobat|Visio|Project)
Please install it on {host}. Approved by the manager.
- Licence ordered and assigned.
- Installed remotely, activated by the user.
# Endpoints>Patching (alert)
Windows updates fail on {host}
Automatic alert: {host} has missed {n} updates.
- Component store repaired, updates reset.
- All updates in after two restarts.
# Security>Malware (alert)
Antivirus alert on {host}
Automatic alert: a file was quarantined on {host}: invoice_{n}.zip.
- File came by mail, was never opened. Hash known as a downloader.
- Full scan clean. Mail purged from other mailboxes. {other} had the same sender last week.
# Telephony>Voicemail
Phone system: voicemail not forwarded
Voicemails for {site} no longer come by mail.
- Mail relay of the phone system refused the old certificate.
- Switched to the new relay, test voicemail received.
# Sales>Quote (request)
Quote for {n} new laptops
We would like to replace {n} laptops at {site} before year end. Please send a quote, same model as last time.
- Quote prepared and sent. Valid for 14 days.
- Order placed by the customer, see project.
> Looks good, I will ask our director.
# Network>Firewall (change)
Firewall rule for a supplier
Our supplier needs access to {host} for remote support. They gave us one fixed address, 203.0.113.{n}.
- Change written up, approved by the contact.
- Rule limited to the address and port, expires in 30 days.
`;
