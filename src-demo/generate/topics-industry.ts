// What tickets are about in one industry only; see topics.ts for the notation.
import type { Industry } from './companies.ts';

export const industryTopics: Readonly<Record<Industry, string>> = {
  dental: `
# Line of business>Imaging
X-ray server not reachable from (surgery 2|surgery 4|reception)
X-ray images do not load in surgery. The software says the image server cannot be found. Patient in the chair!
- Service on the imaging server stopped after the update, started by hand.
- Service set to delayed start and monitored. Images load in all surgeries.
> It works again, thank you for being so quick.
# Line of business>Practice software
Practice management system slow at {site}
Appointment book takes {n} seconds to open a patient.
- Database index fragmentation above 80%.
- Maintenance job scheduled nightly; opens in 2 seconds.
# Line of business>Imaging
Sensor not recognised in surgery {n}
The intraoral sensor shows as unknown device since yesterday.
- USB power saving turned the port off.
- Power saving disabled by policy for imaging PCs.
`,
  law: `
# Line of business>Documents
Document management: matter {n} locked
A bundle for court tomorrow is locked by a colleague on leave.
- Lock released in the admin console after confirmation by the partner.
- Document opened by {first}.
> Please hurry, filing is at 10.
# Line of business>Dictation
Dictation files do not arrive
Dictations from {first} have not reached the typing pool since {n} o'clock.
- Sync service signed out after the password change.
- Signed in again, {n} files delivered.
`,
  construction: `
# Network>Site
Site cabin router offline
The 5G router in the site cabin has been offline since the power was cut. We cannot send drawings.
- SIM active, no registration. Antenna cable was torn off by the digger.
- New antenna fitted, {n} Mbit/s measured.
> Power is back for good now.
# Hardware>Plotter
Plotter cuts drawings at the edge
A0 drawings lose {n} mm on the right.
- Driver replaced by the vendor's own.
- Test plot complete, margins right.
# Licensing>CAD
CAD licence server refuses {n} users
Estimators get "no licence available".
- Licence file expired, renewal was in the spam folder.
- New licence file installed, everyone working.
`,
  school: `
# Hardware>Whiteboard
Whiteboard in room {n} does not touch
The interactive whiteboard shows the picture but touch is dead.
- USB extender had no power.
- Replaced the extender, calibrated.
# Accounts>Bulk (request)
Pupil accounts for the new year
Please create {n} pupil accounts from the attached list before term starts.
- List checked for duplicates, imported.
- Password cards sent to the school office.
# Security>Web filter (change)
Web filter blocks a lesson site
A site for year {n} geography is blocked.
- Category wrong, reported to the vendor.
- Allowed for the pupil group meanwhile.
`,
  hospitality: `
# Line of business>Till
Till {n} does not open the day
The till asks for a supervisor code at start of day and nobody knows it.
- End of day had not run. Ran it by hand.
- Till opened, takings agree.
> We open in ten minutes!
# Network>Wi-Fi
Guest Wi-Fi page does not show
Guests see no sign-in page on the Wi-Fi.
- Portal certificate expired.
- Certificate renewed, tested with two phones.
# Line of business>Process
Brew controller PC lost its network
Tank temperatures are not recorded since last night.
- Switch port shut by loop protection.
- Loose cable removed, port enabled, {n} hours of data recovered.
`,
  clinic: `
# Line of business>Labels
Clinical system: label printer prints blank
Prescription labels come out blank at {site}.
- Ribbon was put in the wrong way.
- Showed {first} how to load it, printing.
# Line of business>Smartcard
Smartcard not read on {host}
The smartcard reader on {host} is not found, cannot sign in to the clinical system.
- Middleware out of date.
- Updated, card read, sign-in works.
> Sorted, thanks.
# Line of business>Monitoring (alert)
Medication fridge monitor offline
Automatic alert: the fridge monitor at {site} has not reported for {n} minutes.
- Sensor hub had lost Wi-Fi after the password change.
- Moved to the device network. Readings continuous.
`,
  logistics: `
# Network>Wi-Fi
Handheld scanners lose connection in aisle {n}
Scanners drop in the far aisle and pickers walk back to sync.
- Coverage hole after the new racking.
- Access point added, roaming tuned.
> Night shift says it is good.
# Hardware>Printer
Label printer at the packing bench prints sideways
All labels rotated since this morning, {n} parcels waiting.
- Driver default reset by an update.
- Template and driver fixed, locked by policy.
# Line of business>EDI
EDI orders not imported
{n} orders from the carrier portal are stuck.
- One order with a wrong date blocked the queue.
- Moved aside, rest imported.
`,
  charity: `
# Web>Donations
Donation page shows an error
Donors tell us the donation page fails at the last step.
- Payment provider key expired.
- Key renewed in the provider's console by {first}, test donation fine.
> We have lost {n} donations today.
# Hardware>Loan (request)
Volunteer laptops for the event
We need {n} laptops for volunteers on Saturday.
- Loan pool checked, prepared with the event profile.
- Returned and wiped.
`,
  retail: `
# Line of business>EPOS
EPOS card reader declines everything
Every card is declined since {n} o'clock, cash only.
- Acquirer had an outage, confirmed on their status page.
- Back at 12:10, test sale fine.
> Cards work again.
# Line of business>Stock
Stock count does not match the web shop
The web shop sells things we do not have. {n} orders affected.
- Sync job stopped by a renamed column.
- Mapping fixed, full sync done.
`,
  finance: `
# Software>Update (request)
Tax software update needed on {n} PCs
The filing deadline is close and the software asks for an update with admin rights.
- Packaged and deployed overnight.
- All PCs on the new version.
# Line of business>Portal
Client portal: upload fails
Clients cannot upload documents above {n} MB.
- Limit at the reverse proxy.
- Limit raised to 100 MB after approval.
`,
  manufacturing: `
# Line of business>CNC
CNC controller cannot see the job share
Machine {n} shows no programs since the server restart.
- Controller speaks an old protocol, refused by the new policy.
- Isolated share for the machine network set up. Production running.
> We have {n} hours of work queued, please hurry.
# Line of business>ERP
ERP report prints wrong prices
Picking list shows last year's prices for {n} items.
- Report used a cached view.
- View refreshed and scheduled.
`,
  property: `
# Line of business>Portal
Lettings portal feed stopped
New properties do not appear on the portal since {n} days.
- Feed credentials had expired.
- New credentials from the portal, feed ran.
# Line of business>Repairs
Repairs app does not sync
Engineers' phones show yesterday's jobs.
- API gateway certificate chain incomplete.
- Chain fixed, {n} phones checked.
> All engineers have today's jobs.
`,
  media: `
# Line of business>Render
Render node {n} out of memory
Renders stop at half way.
- Memory module failed self-test.
- Module replaced under warranty.
# Hardware>Colour
Colours differ between screen and print
The proof looks green compared with the screen.
- Profile was reset after the driver update.
- Calibrated both, proof accepted.
> Much better, thank you.
`,
};
