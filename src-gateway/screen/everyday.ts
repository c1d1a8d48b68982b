// Words that say little about who is meant. Our own compilation; a word here also stands for its plain endings.
// `everyday`: words of ordinary sentences and of a help desk. Their capital letter tells a name from the word.
// `proper`: words that everybody writes with a capital. Their capital tells nothing, so alone they never count.
// `given`: first names and titles. The word after one is a person's surname, not a company.

/** Whether the folded word is one of ordinary sentences, as it is or without a plain ending. */
export function isEveryday(word: string): boolean {
  return stemsOf(word).some((stem) => everyday.has(stem));
}

export function isProper(word: string): boolean {
  return proper.has(word) || given.has(word) || (word.endsWith('s') && proper.has(word.slice(0, -1)));
}

export function isGiven(word: string): boolean {
  return given.has(word);
}

export function isGivenOrWord(word: string): boolean {
  return givenOrWord.has(word);
}

function stemsOf(word: string): string[] {
  const stems = [word];
  for (const ending of ['s', 'es', 'ed', 'd', 'ing', 'er', 'ers', 'ly', 'y', 'al']) {
    if (!word.endsWith(ending) || word.length < ending.length + 3) continue;
    const stem = word.slice(0, -ending.length);
    stems.push(stem, `${stem}e`);
    if (stem.at(-1) === stem.at(-2)) stems.push(stem.slice(0, -1));
  }
  if (word.endsWith('ies')) stems.push(`${word.slice(0, -3)}y`);
  return stems;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

const everyday = list(`
a able about above accept access accident accord account achieve across act action active activity actual add address adjust
admin admit adopt advance advantage advice advise affair affect afford afraid after again against age agency agenda agent ago
agree ahead aid aim air alarm alert align alive all alliance allocate allow almost alone along already also alter alternate
although always am ambition amend among amount an analyse analysis anchor ancient and angle animal announce annual another
answer any anyone anything anyway anywhere apart apartment app apparent appeal appear apple application apply appoint approach
appropriate approve apt arc arch archive are area argue arise arm armed army around arrange array arrival arrive arrow art
article as aside ask aspect assemble assess asset assign assist associate association assume assure at atlas atom attach attack
attempt attend attention attract audio audit author authority auto automatic available avenue average avoid awake award aware
away axis baby back background backup bad badge bag bake bakery balance ball band bank bar bare bark barn barrel barrier base
basic basis basket bat batch bath battery battle bay be beach beacon beam bean bear beat beautiful beauty because become bed bee
been beer before begin behave behind being bell belong below belt bench benefit berry beside best bet better between beyond big
bill bin bind bird birth bit black blade blame blank block blog blood bloom blow blue board boat body bold bolt bond bone bonus
book boost boot border born borough boss both bother bottle bottom bounce bound bow bowl box boy brain branch brand brave bread
break breakfast breath breeze brew brick bridge brief bright brilliant bring broad broadband broken broker brook brother brown
browse browser brush bubble bucket budget buffer bug build building bulk bull bundle burn burst bus bush business busy but
butter button buy buyer by bypass cab cabin cabinet cable cache cafe cake calendar call calm camera camp campaign campus can
cancel candle cannot canvas cap capable capacity capital captain capture car carbon card care career cargo carpet carriage
carrier carry cart cartridge case cash cast castle cat catalogue catch category cater cause caution cave cedar ceiling cell
cellar cent center central centre century ceramic certain certificate chain chair challenge chamber champion chance change
channel chapel chapter character charge charity chart chase chat cheap check cheese chemical chemist chest chicken chief child
children chip choice choose church cinema circle circuit city civic civil claim clarity class classic clay clean clear clerk
clever click client cliff climate climb clinic clinical clip clock clone close closed cloth cloud club cluster coach coal coast
coat code coffee coin cold collaborate collect collection college colour column combine come comfort command comment commerce
commercial commission commit committee common communicate community compact company compare compass compatible compete complete
complex comply component compose comprehensive computer concept concern concert conclude concrete condition conduct conference
confirm conflict confuse connect consent consider console constant construct construction consult consultant consume contact
contain content contest context continue contract contractor contrast contribute control convenient convert cook cool copper
copy coral core corner corporate correct corridor cost cottage cotton couch could council count counter country county couple
courage courier course court cousin cover craft crane crash crazy create creation creative creator credit creek crew crime
crisis critical crop cross crowd crown crucial cruise crystal cube culture cup currency current curtain curve custom customer
cut cycle dad daily dairy damage dance danger dark dash data database date daughter dawn day dead deal dealer dear debate debit
debt decade decide decision deck declare deep deer default defeat defence define definite degree delay delegate delete delight
deliver delivery delta demand demo dental dentist deny depart department depend deploy depot depth deputy derive describe desert
design designer desire desk desktop despite detail detect determine develop development device devote diagram dial diamond diary
did die diet differ difference different difficult dig digital dine dinner direct direction director directory dirt disable
disappear discount discover discuss disk dismiss display dispute distance distribution district disturb dive divide do dock
doctor document does dog dollar domain dome done door dose dot double doubt down download dozen draft dragon drain drama draw
drawer dream dress drift drill drink drive driver drop drug drum dry due duke dump duplicate during dust duty dynamic each eagle
ear early earn earth ease east eastern easy eat eclipse eco edge edit edition educate education effect efficient effort egg
eight either elder elect electric electrical electronic element elephant elevate eleven elite elm else email embed emerald emerge
emergency emit empire employ empty enable encounter encourage encrypt end endpoint enemy energy enforce engage engine engineer
english enhance enjoy enough enquiry ensure enter enterprise entire entrance entry envelope environment equal equip equity error
escape especially essence essential establish estate estimate etc eternal ethic evaluate even evening event ever evergreen every
everyday everyone everything everywhere evidence evil evolve exact exam example excel excellent except exchange excite exclude
executive exempt exercise exhaust exhibit exist exit expand expect expense expensive experience expert expire explain explode
explore export express extend extension extent exterior external extra extract extreme eye fabric face facility fact factor
factory fail failure faint fair faith falcon fall false fame familiar family famous fan fancy far farm farmer fashion fast
father fault favour fax fear feast feather feature fee feed feedback feel felt fence fern festival fetch few fibre field fifteen
fifth fifty fight figure file fill film filter final finance financial find fine finger finish fire firewall firm first fish fit
five fix flag flame flash flat fleet flex flexible flight float floor florist flow flower fluid fly focus fog fold folder follow
font food foot football for force forecast foreign forest forever forge forget fork form formal format former formula fort forth
fortune forum forward foster found foundation founder fountain four fourth fox frame framework free freedom freeze freight
frequent fresh friend friendly from front frontier frost fruit fuel full fun function fund funeral furniture further fusion
future gain galaxy gallery game gap garage garden garment gas gate gateway gather gear gem general generate generation generous
genius gentle genuine get giant gift girl give glad glass glazing global globe glory glove go goal god gold golden golf gone good
goods got govern grab grace grade gradual grain grammar grand grant graph graphic grass gravity gray great green greet grey grid
grocery ground group grove grow growth guarantee guard guardian guess guest guide guild guitar gulf gym habit hair half hall
halo hammer hand handle hang happen happy harbor harbour hard hardware harm harmony harvest hat haul haulage haven have hawk hazel
he head header heal health healthcare hear heart heat heath heather heaven heavy hedge height held hello help helpdesk her here
heritage hero hers hidden hide high highland highway hill him hire his history hit hive hold holder holding hole holiday holly
home honest honey honour hook hope horizon horse hospital host hot hotel hour house household housing how however hub huge human
hundred hunt hunter hurry hurt ice icon idea ideal identify identity idle if ignore ill image imagine impact implement import
important impossible impress improve in inbox inch incident include income increase indeed independent index indicate individual
indoor industrial industry infant inform information infrastructure inhouse initial initiative inject inn inner innovate
innovation innovative input inquiry inside insight inspect inspire install installation instance instant instead institute
instruct insurance insure integrate integrity intelligence intelligent intend intense interest interior internal international
internet interview into introduce invent inventory invest investment invite invoice involve iron is island issue it item its
itself ivory ivy jacket jam jet jewel job join joint journal journey joy judge jump junction jungle junior just justice keen keep
kennel key keyboard kick kid kind king kingdom kit kitchen kite knee knight know knowledge lab label labour lack lady lake lamp
land landlord landscape lane language laptop large laser last late later latest laugh launch laundry laurel law lawn lawyer lay
layer lead leader leaf league lean learn lease leather leave left leg legacy legal legend leisure lemon lend length lens less
lesson let letter letting level lever liberty library licence license life lift light lighthouse like lily limit limited line
link lion liquid list listen literature little live load loan lobby local locate location lock lodge logic login logistic
logistics long look loop loose lord lose loss lost lot lotus loud lounge love lovely low loyal luck lunar lunch luxury machine
mad made magazine magic magnet maid mail mailbox main maintain maintenance major make malware man manage management manager manner
manor manual manufacture manufacturing many map maple marble march margin marine mark market marketing marriage mass master match
mate material matrix matter max maximum may maybe me meadow meal mean measure meat mechanic media medic medical medicine medium
meet meeting mega melt member memory mental mention menu merchant merge merit message metal meter method metre metro mid middle
midland might migrate mile military milk mill million mind mine mineral mini minimum minister minor mint minute mirror misc miss
mission mist mix mobile mode model modern module moment money monitor monkey month monument mood moon moor more morning mortgage
most mother motion motor mountain mouse mouth move movement movie much mud multi multiple mum museum music must mutual my myself
mystery naked name narrow nation national native natural nature near nearby neat neck need nest net network never new news next
nice night nine no noble nobody node noise none noon nor norm normal north northern nose not note notebook nothing notice notify
nova now number nurse nursery nut oak oasis object obtain obvious occasion ocean odd of off offer office officer official offline
often oil ok old olive omega on once one onion online only onsite open opera operate operation operator opinion opportunity
oppose optic optical optician optimal optimum option or oracle orange orbit orchard orchid order ordinary organic organisation
organise organization origin original other our out outcome outdoor outlet outline outlook output outside over overall owl own
owner oxide pace pack package packet page paint pair palace palm pan panel panic paper parade paradise paragon parcel parent
parish park part partial participate particular partner partnership party pass passage passenger passion passive password past
paste patch path patience patient pattern pause pavilion pay payment payroll peace peak pearl peer pen pending pension people
pepper per percent perfect perform perhaps period permanent permission permit person personal pet petal petrol pharmacy phase
phishing phoenix phone photo phrase physical piano pick picture piece pier pig pilot pin pine pink pinnacle pioneer pipe pitch
pizza place plain plan plane planet plant plastic plate platform platinum play player plaza please pleasure plenty plot plug
plumber plumbing plus pocket poem point police policy polish polite political poll polo pond pool poor pop popular population port
portal portfolio portrait position positive possible post postal poster potato potential pottery pound pour power practical
practice practise pray precise precision prefer preference premier premise premium prepare presence present president press
pressure prestige pretty prevent previous price pride primary prime prince princess principal print printer prior priority prism
private prize pro probably problem procedure proceed process produce product production professional profile profit program
programme progress project promise promote prompt proof proper property propose prospect protect protection proud prove provide
provider province proxy public publish pull pulse pump punch pupil purchase pure purple purpose push put puzzle quality quantum
quarry quarter quartz quay queen query quest question queue quick quiet quit quite quota quote race radar radiant radio rail
railway rain rainbow raise ram ranch random range ranger rank rapid rare rate rather ratio raven raw ray reach react read ready
real reality realise really reason reboot rebuild receipt receive recent reception recipe recognise recommend record recover
recovery recruit recruitment recycle red redirect reduce reed reef refer reference reflect reform refresh refund refuse regard
region register registry regular reject relate relation relative relax relay release reliable relief remain remark remember
remind remote removal remove renew rent rental repair repeat replace replacement reply report represent request require rescue
research reserve reset residence resident resolve resort resource respect respond response rest restaurant restore restrict
result resume retail retire retirement return reveal revenue reverse review revise revolution reward rich ride ridge right ring
rise risk rival river riverside road roast robin robot robust rock rocket role roll roof room root rope rose rotate rough round
route router routine row royal rub rubber ruby ruin rule run rural rush sad safe safety saga sage sail saint salad salary sale
salon salt same sample sand sapphire satellite satisfy sauce save say scaffold scale scan scanner scene schedule scheme scholar
school science scope score scout scrap screen script sea seal search season seat second secret section sector secure security see
seed seek seem segment select self sell send senior sense separate sequence series serious serve server service session set
settle setup seven several shade shadow shake shall shape share sharp she shed sheep sheet shelf shell shelter shepherd shield
shift shine ship shipping shirt shock shoe shoot shop shore short should shoulder shout show shower shut sick side sigma sign
signal signature silence silent silk silver similar simple simply since sing single sink sir sister sit site six size skill skin
skip sky slate sleep slice slide slim slip slope slow small smart smile smith smoke smooth snap snow so soap social society sock
soft software soil solar sold soldier sole solicitor solid solo solution solve some somebody someone something sometimes somewhere
son song sonic soon sorry sort soul sound source south southern space spam spare spark speak special specialist species spectrum
speech speed spell spend sphere spice spin spire spirit splash split sponsor spoon sport spot spray spread spring square stable
stack staff stage stair stamp stand standard star start state statement station statue status stay steady steal steam steel steep
stellar stem step sterling stick still stock stone stop storage store storm story straight strange strategic strategy
stream street strength stress stretch strike string strip strong structure struggle student studio study stuff style subject
submit subscribe substance suburb succeed success such sudden suffer sugar suggest suit suite sum summary summer summit sun sunny
sunrise sunset super supplier supply support suppose supreme sure surf surface surgery surplus surprise surround survey survive
suspect suspend swan swap sweet swift swim swing switch symbol sync synergy system table tablet tackle tail tailor take talent
talk tall tank tap tape target task taste tax taxi tea teach teacher team tech technical technique technology telephone tell
temple ten tenant tend tennis term terminal terrace terrible test text than thank that the theatre their them theme then theory
there therefore these they thick thin thing think third this those though thought thousand thread threat three thrive through
throw thunder thus ticket tidal tide tidy tie tiger tight tile till timber time timeline tin tiny tip tired title to toast today
together toilet tomorrow tone tonight too tool tooth top topic torch total touch tour tourist toward tower town toy trace track
trade trader tradition traffic trail train trainer transfer transform transit translate transport trap travel tray treasure treat
treatment tree trek trend trial triangle tribe trick trident trigger trim trinity trip triple trouble truck true trust truth try
tube tune tunnel turbo turn tutor twelve twenty twice twin two type typical ultimate ultra umbrella unable uncle under understand
unicorn uniform union unique unit unite united unity universal universe university unknown unless unlock until up update upgrade
upload upon upper urban urgent us usage use user usual vacant vacuum valid vale valley valuable value van vanguard variety vast
vault vector vegetable vehicle velocity vendor venture venue verdict verify version versus vertex very vet veterinary via victory
video view villa village vine vintage virtual virus vision visit visitor vista visual vital vivid vocal voice void volt volume
voluntary vote voyage wage wait wake walk wall walnut wander want war ward wardrobe warehouse warm warn warning warranty was wash
waste watch water wave way we weak wealth wear weather web website wedding week weekend weight weird welcome welfare well wellbeing
were west western wet whale what wheat wheel when where whether which while whisper white who whole wholesale why wide wife wild
will willow win wind window wine wing winner winter wire wireless wisdom wise wish with within without wolf woman wonder wood
woodland wooden wool word work worker workplace workshop world worry worse worth would wrap wrist write writer wrong yacht yard
year yellow yes yet yield you young your youth zebra zero zone zoo
re fw fwd aw ref onboard offboard ping sent spoke rang met saw took came went kept said wrote told gave chose drove flew knew paid ran sold taught
threw understood woke won built bought brought caught fell fought hid laid led lent rode sat shook sang slept stood stole stuck
ad api bios cad ceo cfo cpu crm csv dhcp dns dr edr eml erp faq ftp gdpr gpo gps hdd hr html http https id imap ip iso isp it jpg
kpi lan ldap mac mfa msi msp nas nat ntp ops otp pc pdf pin png poe pop ppm psa pst pto qa qr raid ram rdp rdx rmm roi sas sso
sla sms smb smtp sql ssd ssh ssid ssl tbc tbd tcp tls tpm tv udp uk ui ups uri url usa usb utc vat vdi vip vlan vm voip vpn wan
wep wifi wlan wpa xml zip ltd llp plc inc llc asap fyi eta eod vs gbp usd eur nhs hmrc dvla`);

const proper = list(`
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december christmas easter
london bristol manchester birmingham leeds liverpool sheffield newcastle glasgow edinburgh cardiff belfast dublin york oxford
cambridge bath brighton exeter plymouth norwich nottingham leicester derby coventry southampton portsmouth reading swindon
gloucester worcester hereford chester lancaster preston carlisle durham lincoln cornwall devon dorset somerset kent surrey sussex
essex suffolk norfolk yorkshire cumbria wales scotland ireland england britain europe paris berlin munich hamburg vienna zurich
madrid rome milan amsterdam brussels boston chicago dallas houston denver austin seattle phoenix atlanta miami orlando texas
california florida virginia georgia washington america canada toronto sydney melbourne australia germany france spain italy india
china japan africa asia
smith jones taylor brown williams wilson johnson davies davis robinson wright thompson evans walker white roberts green hall wood
jackson clarke clark harris lewis hughes edwards turner hill moore cooper ward morris king watson harrison morgan baker patel young
allen mitchell anderson phillips lee bell parker bennett griffiths kelly cook carter richardson bailey shaw collins cox miller
murphy marshall richards simpson webb foster mason adams khan ellis hunt murray mills chapman stevens knight fox palmer barnes
rogers fisher graham stone grant gibson ford pearson dixon harvey andrews fletcher payne hart burton kennedy ross black west
jordan perry duncan armstrong ferguson bishop sharp cross long day wells holmes knowles nguyen singh ali ahmed hussain muller
schmidt garcia martinez rodriguez lopez gonzalez
apple microsoft google amazon meta adobe oracle dell lenovo hewlett cisco fortinet sophos webroot datto acronis veeam ninja halo
hudu pax autotask connectwise kaseya windows office outlook teams excel word access exchange sharepoint onedrive azure intune entra
defender surface edge chrome firefox safari android iphone ipad mac macbook linux ubuntu sage xero quickbooks zoom slack dropbox
citrix vmware cloudflare meraki ubiquiti unifi draytek netgear brother canon epson xerox ricoh kyocera samsung sony logitech
jabra poly yealink orange vodafone three virgin sky talktalk zen gamma plusnet giacom mimecast proofpoint barracuda knowbe lastpass
bitwarden keeper okta duo facebook instagram linkedin twitter whatsapp youtube paypal stripe visa mastercard amex barclays lloyds
hsbc natwest santander monzo tesco`);

/** First names that are words too: "Will Quinn is leaving", "Will Quinn's call?" */
const givenOrWord = list(`
art bill chase drew faith frank grace grant hope jack mark may pat robin rob rose summer sue will`);

const given = list(`
mr mrs ms miss dr prof sir madam
aaron abdul abigail adam adrian agnes ahmed aidan aisha alan albert alex alexander alexandra alfie ali alice alicia alison amanda
amber amelia amir amy ana andrea andreas andrew andy angela anita ann anna anne annie anthony antonio arthur ashley audrey ava
barbara barry beatrice becky ben benjamin bernard beth bethany betty beverley bob brenda brian bridget bruce callum cameron carl
carla carlos carol caroline catherine cathy charles charlie charlotte cheryl chloe chris christian christina christine christopher
claire clara clare colin connor craig cynthia daisy dan daniel danielle darren dave david dawn dean deborah debbie denise dennis
derek diana diane dominic donald donna dorothy doug douglas duncan dylan ed eddie edith edward eileen elaine eleanor elena eliza
elizabeth ella ellen ellie emily emma eric erin ethan eva evan evelyn farah fatima felix fiona florence frances francesca francis
fred freddie freya gareth gary gavin gemma geoff geoffrey george georgia georgina gerald gina glen gloria gordon graham greg
gregory guy hannah harriet harry harvey hassan hayley heather heidi helen henry holly howard hugh hugo ian ibrahim imran ingrid
irene iris isaac isabel isabella isla ivan jackie jacob jacqueline jake james jamie jan jane janet janice jason jasmine jay jean
jeff jen jennifer jenny jeremy jess jessica jill jim jo joan joanna joanne joe joel john johnny jon jonathan jordan joseph josh
joshua joy joyce juan judith judy julia julian julie juliet karen karl kate katherine kathleen kathryn kathy katie kay keith kelly
ken kenneth kerry kevin kim kirsty kyle lara laura lauren lawrence leah lee leo leon leonard leslie lewis liam lilly lily linda
lisa liz lorraine louis louise lucas lucy luke lydia lynn maggie malcolm marcus margaret maria marie marilyn mario marion martha
martin mary mateo matt matthew maureen megan mel melanie melissa mia michael michelle mike mohamed mohammed molly monica morgan
muhammad nadia nancy naomi natalie natasha nathan neil nia niamh nicholas nick nicola nicole nigel nina noah nora norman oliver
olivia omar oscar owen pamela patricia patrick paul paula pauline penny peter phil philip philippa phoebe pippa polly priya rachel
ralph ravi ray raymond rebecca rhys richard rita robert roberta robin rodney roger ron ronald ros rosemary rosie ross roy russell
ruth ryan sally sam samantha samuel sandra sara sarah scott sean sharon sheila shirley sian sid simon sofia sonia sophia sophie
stacey stanley stella stephanie stephen steve steven stewart stuart susan susie suzanne sylvia tanya tara ted teresa terry thea
theo theresa thomas tim timothy tina toby todd tom tommy tony tracey tracy trevor tyler valerie vanessa vera veronica vicky victor
victoria vincent violet vivian walter wayne wendy william yasmin yusuf yvonne zac zach zara zoe`);
